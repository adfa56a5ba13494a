import type { PrincipalKind } from "./catalog";

/** How each kind of principal reads in a sentence, before its name: `AppRole dotmac`. */
export const KIND_WORDS: Readonly<Record<PrincipalKind, string>> = {
  approle: "AppRole",
  kubernetes: "KubernetesRole",
  token: "TokenRole",
};
