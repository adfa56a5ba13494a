import fc from "fast-check";
import { PolicyDocument } from "../../../../policies/document";
import { readPolicy } from "../../../../policies/language/read";
import { AccessList } from "../../../../policies/semantics/access-list";
import { questions } from "../../../policies/generators";
import { meaningText } from "../../../policies/meaning-generators";
import { type Oracle, roundOf } from "../oracle";

/** What sys/capabilities says, which decides as for LIST. */
export const capabilities: readonly Oracle[] = [
  {
    name: "sys/capabilities agrees",
    facts: "sections 1, 2, 3, 5: kinds of patterns, merging, priority, bytes, empty segments, list modes",
    share: 12,
    async prepare(stage) {
      const seat = await stage.seat("set");
      const words = stage.isOpenBao ? (["scan"] as const) : (["subscribe", "recover"] as const);
      return roundOf(this.name, questions(words), async ({ policies, paths }) => {
        const list = await stage.install(seat, policies);
        await stage.compareCapabilities(list, seat.token, paths);
      });
    },
  },
  {
    name: "a document means the same",
    facts:
      "sections 1, 2: legacy policy, deny with others, labels, repeated attributes and blocks, JSON, ends",
    share: 4,
    async prepare(stage) {
      const seat = await stage.seat("meaning", 1);
      const cases = fc.oneof(meaningText("hcl"), meaningText("hcl"), meaningText("json"));
      return roundOf(this.name, cases, async ({ source, paths }) => {
        const now = Date.now();
        const read = readPolicy(source, { engine: stage.engine, now });
        const theirs = await stage.server.writePolicy("meaning0", source);
        stage.compare("documents", { source }, read.accepted, theirs);
        if (!read.accepted) return;
        const document = new PolicyDocument(read.rules);
        const list = AccessList.compile([{ name: "meaning0", document }], {
          engine: stage.engine,
          entity: null,
          now,
        });
        await stage.compareCapabilities(list, seat.token, paths);
      });
    },
  },
];
