import { eachRule } from "./each";
import type { PolicyLint } from "./lint";

/** Single braces are letters. */
export const tplSingleBrace: PolicyLint = {
  id: "TPL_SINGLE_BRACE",
  severity: "error",
  reason: "Templates need two braces; with one the text is taken as it stands.",
  fix: "Write {{identity.entity.id}}.",
  bad: 'path "secret/{identity.entity.id}/*" {\n  capabilities = ["read"]\n}\n',
  good: 'path "secret/{{identity.entity.id}}/*" {\n  capabilities = ["read"]\n}\n',
  check: eachRule((rule) => {
    const found =
      /(?<!\{)\$?\{\s*(identity\.|time\.)[^{}]*\}(?!\})/.exec(rule.path) ??
      /<(identity\.[^<>]*)>/.exec(rule.path);
    return found ? `"${found[0]}" is no template` : undefined;
  }),
};
