import { isIP } from "node:net";
import type { DeclarationPlace } from "../base/declaration-place";
import { DeclarationError } from "./declaration-error";

/**
 * Networks in CIDR form: the engines refuse a bare address.
 * @param what the property that holds them, for the message
 * @throws DeclarationError for the first that is none
 */
export function checkNetworks(
  what: string,
  networks: readonly string[] | undefined,
  construct: string,
  place: DeclarationPlace,
): void {
  const wrong = networks?.find((network) => !isNetwork(network));
  if (wrong === undefined) return;
  const family = isIP(wrong);
  const example = family === 0 ? "10.0.0.0/8" : `${wrong}/${family === 4 ? 32 : 128}`;
  throw new DeclarationError(
    `${construct}: "${wrong}" in ${what} is no network.`,
    `Write it in CIDR form, for example ${example}.`,
    place,
  );
}

function isNetwork(text: string): boolean {
  const [address = "", bits = "", ...rest] = text.split("/");
  const family = isIP(address);
  const longest = family === 4 ? 32 : 128;
  return family !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= longest && rest.length === 0;
}
