import { homedir } from "node:os";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { issueOperatorToken } from "../bootstrap/operator-token";
import { environmentNamed } from "../environments";
import { bootstrapRequestOf } from "../provision/bootstrap-request";
import { resolveDeployment } from "../provision/deployment-record";

/** `strongroom login`: stores a token where the engines' own command lines look for it, or prints it when asked outright. */
export async function loginCommand(options: { readonly print?: boolean }): Promise<void> {
  const deployment = resolveDeployment(environmentNamed());
  const { token, expiresAt } = await issueOperatorToken(bootstrapRequestOf(deployment));
  if (options.print) {
    process.stdout.write(`${token}\n`);
    return;
  }
  const path = join(homedir(), ".vault-token");
  await writeFileAtomic(path, token, { mode: 0o600 });
  process.stdout.write(
    `Logged in to ${deployment.address} until ${expiresAt.toLocaleTimeString()}; the token is in ${path}, where \`bao\` and \`vault\` look for it.\n`,
  );
}
