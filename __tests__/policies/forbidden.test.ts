import { forbiddenBy, type GuardedAct } from "../../policies/guardrails/forbidden";
import { KV_INTENTS, type KvIntent, needsOf } from "../../policies/kv-intents";

const INTENTS = Object.keys(KV_INTENTS) as KvIntent[];

/** The intents of reviews that an act of a guardrail stands for. */
const STANDS_FOR: Readonly<Record<GuardedAct, readonly KvIntent[]>> = {
  read: ["read-values"],
  "see-names": ["see-names"],
  write: ["write", "patch"],
  delete: ["soft-delete", "destroy", "delete-everything"],
  destroy: ["destroy", "delete-everything"],
  touch: INTENTS.filter((intent) => intent !== "configure"),
};

describe.each([1, 2] as const)("on KV version %i", (kvVersion) => {
  const secret = { mount: "secret/", path: "app/db", kvVersion };

  test.each(Object.entries(STANDS_FOR) as [GuardedAct, readonly KvIntent[]][])(
    "whoever may not %s is granted none of its intents",
    (act, intents) => {
      const forbidden = forbiddenBy(act, secret).flatMap(({ region, capabilities }) =>
        capabilities.map((capability) => `${capability} ${region}`),
      );
      const needed = (intent: KvIntent) =>
        needsOf(intent, secret, kvVersion).flatMap(({ path, capabilities }) =>
          capabilities.map((capability) => `${capability} ${path}`),
        );
      expect(forbidden).toEqual(expect.arrayContaining(intents.flatMap(needed)));
      // And every other intent is left alone, but for what it shares with these.
      const others = INTENTS.filter((intent) => !intents.includes(intent));
      for (const intent of others) {
        const untouched = needed(intent).filter((each) => !forbidden.includes(each));
        expect([intent, untouched.length > 0]).toEqual([intent, needed(intent).length > 0]);
      }
    },
  );
});
