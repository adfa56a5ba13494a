import { readPolicy } from "../../policies/language/read";
import { MISMATCHES } from "./mismatches";

const now = Date.UTC(2026, 0, 1);

test.each(MISMATCHES)("$name", ({ source, openbao, vault }) => {
  const accepted = (engine: string) => readPolicy(source, { engine, now }).accepted;
  expect({ openbao: accepted("openbao@2.7.2"), vault: accepted("vault@1.21.1") }).toEqual({ openbao, vault });
});
