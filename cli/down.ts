import { createInterface } from "node:readline/promises";
import { UsageError } from "../base/errors";
import { environmentNamed } from "../environments";
import { resolveDeployment } from "../provision/deployment-record";
import { down, whatWipeRemoves, wipe } from "../provision/down";
import { interruptible } from "./interrupt";

/** `strongroom down`. */
export async function downCommand(options: {
  readonly volumes?: boolean;
  readonly yes?: boolean;
}): Promise<void> {
  const environment = environmentNamed();
  const deployment = resolveDeployment(environment);
  if (options.volumes) {
    if (!options.yes) await confirm(deployment.instance, whatWipeRemoves(deployment));
    await interruptible((signal) => wipe(environment, signal));
    process.stdout.write(`${deployment.instance} is gone, its secrets included.\n`);
    return;
  }
  const stopped = await interruptible((signal) => down(environment, signal));
  process.stdout.write(
    stopped
      ? `${deployment.instance} is stopped; its data stays. Bring it back with: npm start\n`
      : "Nothing was running.\n",
  );
}

/** What cannot be undone is listed, and done only on the instance's name. */
async function confirm(instance: string, removed: readonly string[]): Promise<void> {
  if (!process.stdin.isTTY) {
    throw new UsageError(
      `Removing all data of ${instance} was not confirmed.`,
      "Add --yes to say that you mean it.",
    );
  }
  process.stdout.write(`This removes, for ever:\n${removed.map((each) => `  ${each}\n`).join("")}`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Type ${instance} to go on: `).finally(() => terminal.close());
  if (answer.trim() !== instance)
    throw new UsageError("Nothing was removed.", `Type ${instance} when asked, to go on.`);
}
