import type fc from "fast-check";
import { readPolicy } from "../../../../policies/language/read";
import { attributeText } from "../../../policies/attribute-generators";
import { hclText, jsonText } from "../../../policies/document-generators";
import { type Oracle, roundOf } from "../oracle";
import type { Stage } from "../stage";

/** Documents on the line between what an engine takes and what it refuses. */
export const documents: readonly Oracle[] = [
  acceptance("accepts and refuses the same HCL", hclText, 3, "section 1: the syntax, edited at random"),
  acceptance("accepts and refuses the same JSON", jsonText, 1.5, "section 1: the other syntax"),
  acceptance(
    "accepts and refuses the same attributes",
    attributeText,
    2,
    "section 1: capabilities, legacy words, durations, limits, ends, filters, control groups, event types",
  ),
];

function acceptance(name: string, texts: fc.Arbitrary<string>, share: number, facts: string): Oracle {
  return {
    name,
    facts,
    share,
    prepare: async (stage) => roundOf(name, texts, (source) => compareAcceptance(stage, source)),
  };
}

async function compareAcceptance(stage: Stage, source: string): Promise<void> {
  const ours = readPolicy(source, { engine: stage.engine, now: Date.now() });
  // The one known exception: texts that a JavaScript string cannot hold.
  if (ours.findings.some((finding) => finding.code === "representation")) return;
  // The API takes a text that happens to be base64 for an encoded policy, before any parser sees it.
  if (/^[A-Za-z0-9+/\r\n]*={0,2}[\r\n]*$/.test(source)) return;
  const theirs = await stage.server.writePolicy("accept", source);
  const findings = ours.findings.map((finding) => `${finding.severity} ${finding.code}: ${finding.reason}`);
  stage.compare("documents", { source, findings }, ours.accepted, theirs);
}
