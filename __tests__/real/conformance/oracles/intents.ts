import fc from "fast-check";
import { KV_INTENTS, type KvIntent } from "../../../../policies/kv-intents";
import { rulesFor } from "../../../policies/kv-rules";
import { type Oracle, roundOf } from "../oracle";

/** What each intent is for, as requests; `NEW` is a secret that is not there. */
const DEEDS: { readonly [intent in KvIntent]: readonly (readonly [string, string, unknown?])[] } = {
  "read-values": [["GET", "data/SECRET"]],
  "see-names": [["LIST", "metadata/FOLDER"]],
  "read-metadata": [["GET", "metadata/SECRET"]],
  write: [
    ["PUT", "data/SECRET", { data: { x: "2" } }],
    ["POST", "data/NEW", { data: { x: "1" } }],
  ],
  patch: [["PATCH", "data/SECRET", { data: { y: "3" } }]],
  "soft-delete": [
    ["DELETE", "data/SECRET"],
    ["POST", "delete/SECRET", { versions: [1] }],
  ],
  undelete: [["POST", "undelete/SECRET", { versions: [1] }]],
  destroy: [["PUT", "destroy/SECRET", { versions: [1] }]],
  "administer-metadata": [
    ["PUT", "metadata/SECRET", { max_versions: 7 }],
    ["PATCH", "metadata/SECRET", { max_versions: 8 }],
    ["PUT", "metadata/NEW", { max_versions: 9 }],
  ],
  "delete-everything": [["DELETE", "metadata/SECRET"]],
  configure: [
    ["GET", "config"],
    ["POST", "config", { max_versions: 5 }],
  ],
};
const ALL = Object.keys(KV_INTENTS) as KvIntent[];

/** The rules of some intents allow their requests to KV v2, and no others. */
export const intents: Oracle = {
  name: "intents on KV v2 allow what they say",
  facts: "section 9: which capability each operation needs, on a secret, a folder and a whole mount",
  share: 1.5,
  async prepare(stage) {
    const seat = await stage.seat("intents", 1);
    await stage.root("POST", "sys/mounts/k3", { type: "kv", options: { version: "2" } });
    const places = [
      { path: "t/a", secret: "t/a", folder: "t/", fresh: "t/a" },
      { path: "t/*", secret: "t/a", folder: "t/", fresh: "t/n" },
      { path: "*", secret: "t/a", folder: "", fresh: "n" },
      { path: "+/a", secret: "t/a", folder: "", fresh: "q/a" },
    ];
    const cases = fc.record({ wanted: fc.subarray(ALL), place: fc.constantFrom(...places) });
    return roundOf(this.name, cases, async ({ wanted, place }) => {
      await stage.install(seat, [rulesFor(wanted, { mount: "k3/", path: place.path })]);
      for (const intent of ALL) {
        // Names of `+/a` would have to be listed in every folder, which no rule of one secret grants.
        if (place.path === "+/a" && intent === "see-names") continue;
        for (const [method, text, body] of DEEDS[intent]) {
          const isNew = text.endsWith("NEW");
          await stage.server.ask(
            isNew ? "DELETE" : "PUT",
            `k3/${isNew ? "metadata" : "data"}/${isNew ? place.fresh : place.secret}`,
            isNew ? undefined : { data: { x: "1" } },
          );
          const path = `k3/${text.replace("SECRET", place.secret).replace("NEW", place.fresh).replace("FOLDER", place.folder)}`;
          const contentType = method === "PATCH" ? "application/merge-patch+json" : "application/json";
          const answer = await stage.server.ask(method, path, body, { token: seat.token, contentType });
          stage.compare(
            "KV v2",
            { wanted, intent, method, path },
            wanted.includes(intent),
            answer.status < 300,
          );
        }
      }
    });
  },
};
