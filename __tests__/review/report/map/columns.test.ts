import { appRole, revision } from "../../revision";
import { matrixOf } from "./map";

const POLICIES = {
  app: 'path "secret/data/app" { capabilities = ["read"] }',
  other: 'path "x" { capabilities = ["read"] }',
};

function titles(matrix: ReturnType<typeof matrixOf>): string[][] {
  return matrix.columns.map(({ principals }) => principals.map(({ title }) => title));
}

test("principals that may do the same share a column", () => {
  const head = revision({ policies: POLICIES, roles: { a: ["app"], b: ["app"], c: ["other"] } });
  expect(titles(matrixOf(undefined, head))).toEqual([["AppRole a", "AppRole b"], ["AppRole c"]]);
});

test("those who come to differ do not", () => {
  const base = revision({ policies: POLICIES, roles: { a: ["app"], b: ["app"] } });
  const head = revision({ policies: POLICIES, roles: { a: ["app"], b: ["app", "other"] } });
  const matrix = matrixOf(base, head);
  expect(titles(matrix)).toEqual([["AppRole a"], ["AppRole b"]]);
  expect(matrix.columns.map(({ touched }) => touched)).toEqual([false, true]);
});

test("a policy that names nothing, or stands elsewhere now, touches nobody", () => {
  const base = revision({ policies: POLICIES, roles: { a: ["app"] } });
  const moved = {
    ...base.policies[0],
    place: { file: "elsewhere.hcl", line: 7 },
  } as (typeof base.policies)[number];
  const head = {
    ...base,
    policies: [moved, ...base.policies.slice(1)],
    principals: [appRole("a", ["app", "nobody-wrote-it"])],
  };
  expect(matrixOf(base, head).columns.map(({ touched }) => touched)).toEqual([false]);
});

test("another engine touches everybody", () => {
  const base = revision({ policies: POLICIES, roles: { a: ["app"] } });
  expect(matrixOf(base, { ...base, engine: "vault@1.21.1" }).columns[0]?.touched).toBe(true);
});

test("a doubt about a principal sets it apart, and says why", () => {
  const head = revision({
    policies: POLICIES,
    roles: { a: ["app"], b: ["app"] },
    doubts: [{ reason: "its groups are not in the plan", principals: ["auth/approle/role/b"] }],
  });
  expect(matrixOf(undefined, head).columns.map(({ doubts }) => doubts)).toEqual([
    [],
    ["its groups are not in the plan"],
  ]);
});

test("who came and who went", () => {
  const base = revision({ policies: POLICIES, roles: { a: ["app"] } });
  const head = revision({ policies: POLICIES, roles: { b: ["app"] } });
  expect(
    matrixOf(base, head).columns.flatMap(({ principals }) =>
      principals.map(({ title, state }) => [title, state]),
    ),
  ).toEqual([
    ["AppRole a", "removed"],
    ["AppRole b", "added"],
  ]);
});
