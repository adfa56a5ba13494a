import { randomUUID } from "node:crypto";
import { dirname, join, resolve } from "node:path";
import { OperationalError } from "../base/errors";
import { homeDirectory } from "../base/places";
import type { AgeIdentity } from "./age";
import { ensurePrivateDirectory, readPrivateFile, refuseRepository } from "./private-files";
import { ReservedFile } from "./reserved-file";

/**
 * Where the operator's age identity is.
 * @default `$STRONGROOM_IDENTITY`, else `identity.txt` in Strongroom's home directory
 */
export function identityPath(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(env.STRONGROOM_IDENTITY || join(homeDirectory(env), "identity.txt"));
}

/**
 * The operator's identity: a file as `age-keygen` writes it, mode 0600, outside of any repository.
 * @throws OperationalError when there is none, it is open to others, or it holds no X25519 identity
 */
export async function readIdentity(): Promise<AgeIdentity> {
  const identity = await findIdentity();
  if (identity) return identity;
  throw new OperationalError(
    `The operator's identity ${identityPath()} is missing.`,
    "Put it back from your backup, or name another file: STRONGROOM_IDENTITY=<file>.",
  );
}

/** The operator's identity, made on first use. Only where nothing is sealed yet: a new one opens no old custody. */
export async function ensureIdentity(): Promise<AgeIdentity> {
  return (await findIdentity()) ?? (await makeIdentity());
}

async function findIdentity(): Promise<AgeIdentity | undefined> {
  const path = identityPath();
  refuseRepository(path);
  const content = await readPrivateFile(path);
  if (content === undefined) return undefined;
  const secret = /^AGE-SECRET-KEY-1[A-Z0-9]+$/m.exec(content.toString("utf8"))?.[0];
  const recipient = secret === undefined ? undefined : await recipientOf(secret);
  if (secret !== undefined && recipient !== undefined) return { path, recipient, secret };
  throw new OperationalError(
    `${path} holds no age identity (a line that begins with AGE-SECRET-KEY-1).`,
    "Put it back from your backup, or name another file: STRONGROOM_IDENTITY=<file>.",
  );
}

async function recipientOf(secret: string): Promise<string | undefined> {
  const { identityToRecipient } = await import("age-encryption");
  return identityToRecipient(secret).catch(() => undefined);
}

/** Two first uses at once must end with one identity: the file is given its name only if nobody else was faster. */
async function makeIdentity(): Promise<AgeIdentity> {
  const path = identityPath();
  await ensurePrivateDirectory(dirname(path));
  const { generateX25519Identity, identityToRecipient } = await import("age-encryption");
  const secret = await generateX25519Identity();
  const recipient = await identityToRecipient(secret);
  const content = `# created: ${new Date().toISOString()}\n# public key: ${recipient}\n${secret}\n`;
  const file = await ReservedFile.create(`${path}.${randomUUID()}.new`);
  try {
    await file.commitTo(path, Buffer.from(content));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    await file.release();
  }
  return readIdentity();
}
