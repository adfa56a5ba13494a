import type { Construct } from "constructs";
import { every, hours, minutes } from "../constructs/duration";
import { optional, sensitive, text } from "../constructs/field";
import { nobody, none, noOtherSystem, only } from "../constructs/guardrail-words";
import { System } from "../constructs/system";

/** goblin-assistant: an assistant over many model providers; CI replaces their keys and cannot read one. */
export class GoblinAssistant extends System {
  readonly providers = this.family("goblin-assistant/providers/{provider}", {
    description: "The API key of one model provider",
    fields: { api_key: sensitive(), api_secret: optional(sensitive()) },
    rotate: every(90, "days"),
  });
  readonly backups = this.family("goblin-assistant/backups/{provider}/{timestamp}", {
    description: "A provider's key as it was before a rotation, to roll back to",
    fields: { api_key: sensitive(), api_secret: optional(sensitive()) },
  });
  readonly rotations = this.secret("goblin-assistant/rotations", {
    description:
      "The last rotation: which provider, when, by whom, and where its backup lies; older ones are its versions",
    fields: { provider: text(), rotated_at: text(), rotated_by: text(), backup: text() },
  });

  readonly app = this.appRole("goblin-assistant", { tokenTtl: hours(1), tokenMaxTtl: hours(4) });
  /** Writes and cannot read: a pipeline that leaks its token leaks no key. */
  readonly ci = this.appRole("goblin-ci", {
    policyName: "goblin-ci",
    tokenTtl: minutes(10),
    tokenMaxTtl: minutes(10),
    secretIdTtl: hours(24 * 90),
  });

  constructor(scope: Construct) {
    super(scope, "goblin-assistant", { mount: "secret", owner: "team-goblin" });
    this.providers.grantRead(this.app);
    this.providers.grantList(this.app);
    this.everySecret().grantWrite(this.ci);

    this.guardrail(noOtherSystem.mayTouch(this.everySecret()));
    this.guardrail(only(this.ci).mayWrite(this.everySecret()));
    this.guardrail(none(this.ci).mayReadValues(this.everySecret()));
    // A rotation that breaks something is rolled back to its backup.
    this.guardrail(nobody.mayDelete(this.providers, this.backups));
  }
}
