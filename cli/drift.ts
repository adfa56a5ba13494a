import { printEngineId } from "../base/engine-id";
import { UsageError } from "../base/errors";
import { strongroomPolicies } from "../bootstrap/own-policies";
import { environmentNamed } from "../environments";
import { resolveDeployment } from "../provision/deployment-record";
import { reviewDrift } from "../review/drift/review-drift";
import { verdictOf } from "../review/verdict";
import { interruptible } from "./interrupt";
import { revisionFrom } from "./read-revision";
import { formatOf, outputsOf, writeReview } from "./review-output";
import { thresholdOf } from "./threshold";

export interface DriftChoices {
  readonly declared?: string;
  readonly server: string;
  readonly failOn: string;
  readonly format: string;
  readonly output?: readonly string[];
}

/** `strongroom drift`: what stands on the server against what is declared. Asks the server by GET and LIST alone. */
export async function driftCommand(choices: DriftChoices): Promise<void> {
  const threshold = thresholdOf(choices.failOn);
  const format = formatOf(choices.format);
  const outputs = outputsOf(choices.output ?? []);
  const deployment = resolveDeployment(environmentNamed());
  const engine = printEngineId(deployment.engine);
  const [declared, live] = await interruptible((signal) =>
    Promise.all([
      revisionFrom(choices.declared, { engine, signal }),
      revisionFrom(serverSpec(choices.server), { signal }),
    ]),
  );
  const now = Date.now();
  const review = reviewDrift(declared, live, {
    now,
    ownPolicies: strongroomPolicies,
    declaresAudit: deployment.target !== "existing",
  });
  writeReview({ review, base: declared, head: live, now }, format, outputs);
  process.exitCode = verdictOf(review, threshold);
}

function serverSpec(server: string): string {
  if (server === "live" || /^https?:\/\//i.test(server)) return server;
  throw new UsageError(
    `"${server}" is no server.`,
    "Write its address, http://… or https://…, or leave it out.",
  );
}
