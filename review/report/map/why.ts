import { type ComparedCapability, decidingRules, grantOf } from "../../../policies/compare/grant";
import { PolicyDocument } from "../../../policies/document";
import { policyName } from "../../../policies/policy-name";
import { printPolicy } from "../../../policies/print";
import type { AccessList } from "../../../policies/semantics/access-list";
import type { Decision } from "../../../policies/semantics/decide";
import { explain, whyOf as reasonOf } from "../../../policies/semantics/explain";
import type { Operation, Verdict } from "../../../policies/semantics/request";
import type { Place } from "../../model";
import type { Matrix } from "./matrix";
import type { Row } from "./row";
import type { Access, Side } from "./side";

/** Why a cell is as it is, API path by API path. */
export interface WhyPath {
  readonly path: string;
  /** The capabilities that are asked for there, with what each serves. */
  readonly asked: readonly { readonly capability: string; readonly serves: string }[];
  /** Absent where the side asks nothing of this path, or on a map of one revision. */
  readonly before?: WhySide;
  readonly after?: WhySide;
  /** Whether anybody would answer differently. */
  readonly changed: boolean;
}

export interface WhySide {
  readonly answers: readonly WhyAnswer[];
  /** The deciding rule first, then those that lost, from the strongest to the weakest. */
  readonly rules: readonly WhyRule[];
  /** What would change the first answer. */
  readonly changes: readonly string[];
  /** Why there is nothing to tell. */
  readonly note?: string;
}

export interface WhyAnswer {
  readonly capability: string;
  /** `conditional` where the rule that decides grants it, and not to every request. */
  readonly verdict: Verdict | "conditional";
  readonly reason: string;
}

export interface WhyRule {
  readonly pattern: string;
  readonly decides: boolean;
  readonly because: string;
  readonly sources: readonly {
    readonly policy: string;
    /** The rule as it would be written. */
    readonly text: string;
    readonly place?: Place;
  }[];
}

/** Everything that decides one cell; worked out by the evaluator, so it is as exact as the cell. */
export function whyOf(matrix: Matrix, row: number, column: number): WhyPath[] {
  const shown = matrix.rows[row] as Row;
  const access = matrix.access(column);
  const was = pathsOf(shown, "needsBefore");
  const is = pathsOf(shown, "needsAfter");
  return [...new Set([...is.keys(), ...was.keys()])].map((path) => {
    const asked = is.get(path) ?? was.get(path) ?? [];
    const words = asked.map(({ capability }) => capability);
    const before =
      matrix.before && was.has(path) ? sideOf(matrix.before, access.before, path, words) : undefined;
    const after = is.has(path) ? sideOf(matrix.after, access.after, path, words) : undefined;
    return {
      path,
      asked,
      ...(before ? { before } : {}),
      ...(after ? { after } : {}),
      changed: matrix.before !== undefined && answersOf(before) !== answersOf(after),
    };
  });
}

type Asked = WhyPath["asked"][number];

function pathsOf(row: Row, side: "needsBefore" | "needsAfter"): Map<string, Asked[]> {
  const paths = new Map<string, Asked[]>();
  for (const { parts } of row.slots) {
    for (const { id, words } of parts) {
      for (const { path, capabilities } of row[side](id)) {
        const asked = paths.get(path) ?? [];
        for (const capability of capabilities) {
          const earlier = asked.findIndex((each) => each.capability === capability);
          if (earlier < 0) asked.push({ capability, serves: words });
        }
        paths.set(path, asked);
      }
    }
  }
  return paths;
}

function sideOf(
  side: Side,
  access: Access | undefined,
  path: string,
  capabilities: readonly string[],
): WhySide {
  if (!access) return { answers: [], rules: [], changes: [], note: "There is no such principal." };
  if (!("list" in access)) return { answers: [], rules: [], changes: [], note: access.failure };
  const { list } = access;
  const explained = capabilities.map((capability) => ({
    capability,
    // Whether the path needs sudo is the business of its own row.
    ...explain(list, { operation: operationOf(capability), path, sudo: false }, side.mounts),
  }));
  const rules = explained[0]?.rules ?? [];
  return {
    answers: explained.map(({ capability, decision }) =>
      capability === "sudo"
        ? sudoAnswer(rules[0])
        : { capability, ...answerOf(list, path, capability as Operation, decision) },
    ),
    rules: rules.map(({ pattern, decides, because, sources }) => ({
      pattern,
      decides,
      because,
      sources: sources.map(({ policy, index }) => sourceOf(side, policy, index)),
    })),
    changes: explained.find(({ capability }) => capability !== "sudo")?.changes ?? [],
    ...(list.isRoot ? { note: "The policy root may do everything." } : {}),
  };
}

function sudoAnswer(
  rule: { readonly capabilities: readonly string[]; readonly decides: boolean } | undefined,
): WhyAnswer {
  const isGranted = rule?.decides && rule.capabilities.includes("sudo");
  const reason = "sudo counts only beside another capability of the rule that decides";
  return { capability: "sudo", verdict: isGranted ? "allowed" : "denied", reason };
}

/** A bare request says nothing of a grant with conditions: some requests are allowed, others are not. */
function answerOf(
  list: AccessList,
  path: string,
  capability: Operation,
  decision: Decision,
): Pick<WhyAnswer, "verdict" | "reason"> {
  const reason = reasonOf(decision);
  const { verdict } = decision;
  if (verdict === "unknown" || list.isRoot) return { verdict, reason };
  const { level } = grantOf(decidingRules(list, path), capability as ComparedCapability);
  if (level !== "conditional") return { verdict, reason };
  return {
    verdict: "conditional",
    reason:
      verdict === "denied"
        ? `a bare request is denied, because ${reason}`
        : "the rule grants it to requests that meet its conditions",
  };
}

/** Each capability decides an operation of its name; sudo none. */
function operationOf(capability: string): Operation {
  return capability === "sudo" ? "read" : (capability as Operation);
}

function sourceOf(side: Side, policy: string, index: number): WhyRule["sources"][number] {
  const packed = side.policies.get(policyName(policy));
  const rule = packed?.rules[index];
  const place = packed?.rulePlaces?.[index] ?? packed?.place;
  return {
    policy,
    text: rule ? printPolicy(new PolicyDocument([rule])).trimEnd() : "",
    ...(place ? { place } : {}),
  };
}

function answersOf(side: WhySide | undefined): string {
  return JSON.stringify([
    side?.note,
    side?.answers.map(({ verdict }) => verdict),
    side?.rules[0]?.sources.map(({ text }) => text),
  ]);
}
