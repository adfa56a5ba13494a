import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readCustody } from "../../bootstrap/custody";
import { readIdentity } from "../../bootstrap/identity";
import { placesOf } from "../../bootstrap/places";
import type { Stage } from "./stage";

/** What bootstrap made and must have kept to itself: shares, root token, the token of Terraform. Needs the stage's home. */
export async function bootstrapValues(stage: Stage): Promise<Map<string, string>> {
  const before = process.env.STRONGROOM_HOME;
  process.env.STRONGROOM_HOME = stage.home;
  try {
    const custody = await readCustody(placesOf(`dev-${stage.instance}`), await readIdentity());
    const token = readFileSync(join(stage.home, `dev-${stage.instance}`, "terraform.token"), "utf8").trim();
    return new Map([
      ["Terraform's token", token],
      ["the root token", custody.root_token],
      ...custody.shares.map((share, index): [string, string] => [`share ${index + 1}`, share]),
    ]);
  } finally {
    if (before === undefined) delete process.env.STRONGROOM_HOME;
    else process.env.STRONGROOM_HOME = before;
  }
}
