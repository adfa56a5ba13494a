import { eachRule } from "./each";
import type { PolicyLint } from "./lint";

/** Paths are no regular expressions and no shell globs. */
export const regexChars: PolicyLint = {
  id: "REGEX_CHARS",
  severity: "warning",
  reason:
    "Only + and a star at the end are wildcards; other signs of regular expressions and globs are ordinary characters.",
  fix: "Use + for one segment or a star at the end; write one rule for each alternative.",
  bad: 'path "secret/(dev|test)/db" {\n  capabilities = ["read"]\n}\n',
  good: 'path "secret/dev/db" {\n  capabilities = ["read"]\n}\npath "secret/test/db" {\n  capabilities = ["read"]\n}\n',
  check: eachRule((rule) => {
    const sign = /[?|^$()[\]\\]|\.\*|(?<!\{)\{[^{}]*,[^{}]*\}(?!\})/.exec(
      rule.path.replace(/\{\{.*?\}\}/g, ""),
    );
    return sign ? `"${sign[0]}" in "${rule.path}" is an ordinary character` : undefined;
  }),
};
