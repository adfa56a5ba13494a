import { OperationalError } from "../base/errors";

/** Seals with age to one X25519 recipient. The library is loaded here, as most commands never need it. */
export async function sealTo(recipient: string, plaintext: string): Promise<Uint8Array> {
  const { Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return encrypter.encrypt(plaintext);
}

/**
 * Opens what was sealed to an identity. `path` is where it came from, for the message.
 * @throws OperationalError when it is sealed to another identity, or truncated, or altered
 */
export async function openSealed(path: string, sealed: Uint8Array, identity: AgeIdentity): Promise<string> {
  const { Decrypter } = await import("age-encryption");
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity.secret);
  try {
    return await decrypter.decrypt(sealed, "text");
  } catch (cause) {
    if (/no identity matched/.test(String(cause))) {
      throw new OperationalError(
        `${path} is sealed to another identity than the one in ${identity.path} (${identity.recipient}).`,
        "Name the identity it was sealed to: STRONGROOM_IDENTITY=<its file>. Nothing was changed.",
      );
    }
    throw new OperationalError(
      `${path} is damaged: it is cut off or was altered, so it does not open.`,
      "Put your backup of this file back. Nothing was changed; the server keeps its data.",
    );
  }
}

export interface AgeIdentity {
  /** The file it is kept in. */
  readonly path: string;
  /** `age1...`: may be shown to anybody. */
  readonly recipient: string;
  /** `AGE-SECRET-KEY-1...`: never to be shown. */
  readonly secret: string;
}
