import { AccessList } from "../../../../policies/semantics/access-list";
import { decide } from "../../../../policies/semantics/decide";
import type { Operation } from "../../../../policies/semantics/request";
import { reviewRevisions } from "../../../../review/compare/review-revisions";
import type { Witness } from "../../../../review/finding";
import { revision } from "../../revision";

const rule = (more: string): string => `path "secret/data/a" { capabilities = ["create", "read"]\n${more} }`;

/** What the server says to the witnesses, before and after, in the order of the findings. */
function answers(engine: string, before: string, after: string): string[] {
  const sides = [before, after].map((p) => revision({ engine, policies: { p }, roles: { app: ["p"] } }));
  const [base, head] = sides as [(typeof sides)[0], (typeof sides)[0]];
  const asked = (at: typeof base, { capability, path, data, wrapTtl }: Witness): string =>
    decide(AccessList.compile(at.policies, { engine }), {
      operation: capability as Operation,
      path,
      ...(data ? { data } : {}),
      ...(wrapTtl === undefined ? {} : { wrapTtl }),
    }).verdict;
  return reviewRevisions(base, head)
    .findings.filter(({ access }) => access)
    .map(({ kind, access }) => {
      const { witness } = access as NonNullable<typeof access>;
      return `${kind} ${witness.capability}: ${asked(base, witness)}, ${asked(head, witness)}`;
    });
}

test.each([
  [
    "a parameter that is required and denied some values",
    'required_parameters = ["a"]\ndenied_parameters = { "a" = ["x"] }',
  ],
  [
    "two that are required",
    'required_parameters = ["A", "b"]\ndenied_parameters = { "a" = ["x"], "b" = ["x*"] }',
  ],
  ["one of which some are allowed", 'required_parameters = ["a"]\nallowed_parameters = { "a" = ["yes*"] }'],
])("shows what is lost: %s", (_, more) => {
  for (const engine of ["openbao@2.7.2", "vault@1.21.1"])
    expect([engine, ...answers(engine, rule(more), rule("").replace('"create", "read"', ""))]).toEqual([
      engine,
      "lost read: allowed, denied",
      "lost create: allowed, denied",
    ]);
});

test("a star that is denied alone is a star", () => {
  expect(answers("openbao@2.7.2", rule('denied_parameters = { "a" = ["*"] }'), rule(""))).toEqual([
    "widened read: denied, allowed",
    "widened create: denied, allowed",
  ]);
});

test("what a body alone can hold is shown by a write", () => {
  const more = 'allowed_parameters = { "a" = ["x", true] }';
  expect(answers("openbao@2.7.2", rule(more), rule(more.replace(", true", "")))).toContain(
    "narrowed create: allowed, denied",
  );
});

test("where sudo came with the conditions, a request that meets them shows it", () => {
  const pki = { path: "pki/", type: "pki" };
  const side = (words: string, more: string) =>
    revision({
      mounts: [pki],
      policies: { p: `path "pki/root" { capabilities = [${words}]\n${more} }` },
      roles: { app: ["p"] },
    });
  const [gained] = reviewRevisions(
    side('"update"', ""),
    side('"update", "sudo"', 'min_wrapping_ttl = "60s"'),
  ).findings.filter(({ access }) => access);
  expect([gained?.kind, gained?.access?.witness]).toEqual([
    "gained",
    { capability: "update", path: "pki/root", aclOnly: false, wrapTtl: 60 },
  ]);
});
