import fc from "fast-check";
import { PolicyDocument } from "../../../policies/document";
import { AccessList, type NamedPolicy } from "../../../policies/semantics/access-list";
import { explain } from "../../../policies/semantics/explain";
import { type AccessRequest, OPERATIONS } from "../../../policies/semantics/request";

const ENGINES = ["openbao@2.7.2", "openbao@2.2.0", "vault@1.21.1", "vault@1.12.0", "vault@2.0.3"];

function policies(...sources: string[]): NamedPolicy[] {
  return sources.map((source, index) => ({ name: `p${index}`, document: PolicyDocument.parse(source) }));
}

function explained(sources: string | readonly string[], request: AccessRequest, engine = "openbao@2.7.2") {
  const list = AccessList.compile(policies(...[sources].flat()), { engine, now: Date.UTC(2026, 0, 1) });
  return explain(list, request);
}

const changes = (...asked: Parameters<typeof explained>): readonly string[] => explained(...asked).changes;

test("a path that needs sudo is told to need it in whatever would be added", () => {
  expect(
    changes('path "sys/raw/*" { capabilities = ["sudo"] }', { operation: "read", path: "sys/raw/x" }),
  ).toEqual([
    'Add "read" to path "sys/raw/*", in any policy.',
    'Add path "sys/raw/x" with "read" and "sudo": an exact rule wins.',
  ]);
  expect(changes('path "a" {}', { operation: "read", path: "sys/raw/x" })).toEqual([
    'Add path "sys/raw/x" with "read" and "sudo".',
  ]);
});

test("deny alone leaves nothing behind, so something has to be written in its place", () => {
  const request: AccessRequest = { operation: "read", path: "a" };
  const deny = 'path "a" { capabilities = ["deny"] }';
  const read = 'path "a" { capabilities = ["read"] }';
  expect(changes(deny, request)).toEqual([
    'Write "read" in place of "deny" in path "a" (in p0); no other policy can lift it.',
  ]);
  expect(changes([read, deny], request)).toEqual([
    'Take "deny" from path "a" (in p1); no other policy can lift it.',
  ]);
});

test("of a rule in several policies the one that denies stands first", () => {
  const read = 'path "a" { capabilities = ["read"] }';
  const [rule] = explained([read, 'path "a" { capabilities = ["deny"] }', read], {
    operation: "read",
    path: "a",
  }).rules;
  expect(rule?.sources.map(({ policy }) => policy)).toEqual(["p1", "p0", "p2"]);
});

test("what the rule's conditions would still refuse is said with what it lacks", () => {
  const limited = 'path "a" { capabilities = ["read"] required_parameters = ["ttl"] }';
  expect(changes(limited, { operation: "update", path: "a" })).toEqual([
    'Add "update" to path "a", and change the request, or the conditions of path "a" (in p0).',
  ]);
  expect(changes(limited, { operation: "update", path: "a", data: { ttl: "1" } })).toEqual([
    'Add "update" to path "a", in any policy.',
  ]);
});

test("an operation that the engine does not have is granted by nothing", () => {
  expect(changes('path "a" {}', { operation: "scan", path: "a" }, "vault@1.21.1")).toEqual([
    "Use another operation: vault@1.21.1 has no scan.",
  ]);
  expect(changes('path "a" {}', { operation: "scan", path: "a" })).toEqual([
    'Add "scan" to path "a", in any policy.',
  ]);
});

test("HEAD is granted by no rule, and help needs none", () => {
  const read = 'path "a" { capabilities = ["read"] }';
  expect(changes(read, { operation: "header", path: "a" })).toEqual([
    "Use another method: no rule grants HEAD, only root may.",
  ]);
  expect(explained(read, { operation: "help", path: "a" })).toMatchObject({ rules: [], changes: [] });
});

test("a rule that has expired is told among those that lost", () => {
  const source = 'path "a/*" { capabilities = ["read"] expiration = "2020-01-01T00:00:00Z" }\npath "a/+" {}';
  expect(explained(source, { operation: "read", path: "a/b" }).rules).toMatchObject([
    { pattern: "a/+", decides: true },
    { pattern: "a/*", capabilities: ["read"], because: "it has expired, so the engine leaves it out" },
  ]);
  expect(explained(source, { operation: "read", path: "b" }).rules).toEqual([]);
});

test("a list that tries the path twice is told so, and no rank is claimed that is not there", () => {
  const request: AccessRequest = { operation: "list", path: "a/b" };
  const source = 'path "a/+" { capabilities = ["list"] }\npath "a/b/*" { capabilities = ["read"] }';
  expect(explained(source, request, "vault@1.21.1").rules).toMatchObject([
    { pattern: "a/+", decides: true },
    {
      pattern: "a/b/*",
      because:
        'path "a/+" is found first: a list looks for the path without its slash before it looks with it',
    },
  ]);
  expect(explained('path "a/+" { capabilities = ["list"] }', request, "vault@1.12.0").rules).toMatchObject([
    {
      pattern: "a/+",
      because: "this engine tries patterns on the path with its slash, and it matches only without",
    },
  ]);
});

test("whatever it says to add turns the answer", () => {
  const part = fc.constantFrom("a", "b", "+", "sys", "raw", "accessors", "auth", "token", "");
  const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
  const block = fc
    .tuple(
      fc.oneof(
        path,
        path.map((each) => `${each}*`),
      ),
      fc.subarray(["create", "read", "update", "list", "delete", "sudo", "deny"]),
      fc.constantFrom("", ' required_parameters = ["q"]', " max_wrapping_ttl = 60"),
    )
    .filter(([each]) => !each.includes("+*"))
    .map(([each, words, more]) => `path "${each}" { capabilities = ${JSON.stringify(words)}${more} }`);
  const document = fc.array(block, { minLength: 1, maxLength: 4 }).map((blocks) => blocks.join("\n"));
  const request = fc.record({
    operation: fc.constantFrom(...OPERATIONS),
    path: path.filter((each) => /[^/]/.test(each)),
  });
  let tried = 0;
  fc.assert(
    fc.property(
      fc.array(document, { maxLength: 3 }),
      request,
      fc.constantFrom(...ENGINES),
      (sources, asked, engine) => {
        const { decision, changes: told } = explained(sources, asked, engine);
        for (const change of told) {
          const added = /^Add path "(.*)" with ((?:"\w+"(?: and )?)+)/.exec(change);
          const united = /^Add ((?:"\w+"(?: and )?)+) to path "([^"]*)"(?:, in any policy|; it must)/.exec(
            change,
          );
          const [rule, words] = added ? [added[1], added[2]] : united ? [united[2], united[1]] : [];
          if (rule === undefined || words === undefined) continue;
          tried++;
          const extra = `path "${rule}" { capabilities = [${words.replaceAll(" and ", ", ")}] }`;
          expect([change, explained([...sources, extra], asked, engine).decision.verdict]).not.toEqual([
            change,
            decision.verdict,
          ]);
        }
      },
    ),
    { numRuns: 3000, seed: 4 },
  );
  expect(tried).toBeGreaterThan(1500);
});
