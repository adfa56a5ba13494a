import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Catalog } from "../../catalog/catalog";
import type { Finding } from "../../review/finding";
import { type Outcome, Stage } from "./stage";

jest.setTimeout(5 * 60_000);

/** As the document of dotmac has it, and as many a team has it: ../shared/seeds, "Create Policies". */
const WIDE = `path "secret/data/*" {
  capabilities = ["create", "read", "update", "delete", "list"]
}

path "secret/metadata/*" {
  capabilities = ["list", "read", "delete"]
}
`;

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
  await git("init", "--quiet", "--initial-branch=main");
  await git("add", "--all");
  await git("commit", "--quiet", "--message=The systems as they are");
  await git("checkout", "--quiet", "-b", "wide");
});

afterAll(() => stage?.close());

function git(...args: string[]): Promise<Outcome> {
  const who = ["-c", "user.name=Test", "-c", "user.email=test@example.org"];
  return stage.run("git", [...who, ...args]);
}

const review = (...args: string[]): Promise<Outcome> => stage.strongroom("review", ...args);

function write(path: string, text: string): void {
  writeFileSync(join(stage.folder, path), text);
}

/** The document's policy in the place of the derived one. */
function widen(): void {
  const declared = readFileSync(join(stage.folder, "systems", "dotmac.ts"), "utf8");
  const wide = declared
    .replace(
      "import { System }",
      'import { ImportedPolicy } from "../constructs/imported-policy";\nimport { System }',
    )
    .replace(
      'this.appRole("dotmac", {',
      'this.appRole("dotmac", {\n    policies: [ImportedPolicy.fromFile(this, "dotmac-policy", "dotmac-policy.hcl")],\n   ',
    )
    .replace("grantRead(this.app, this.pod)", "grantRead(this.pod)");
  expect(wide).not.toBe(declared);
  write(join("systems", "dotmac.ts"), wide);
  write("dotmac-policy.hcl", WIDE);
}

async function findings(...args: string[]): Promise<Finding[]> {
  await review("--output", "review.json", ...args);
  const { findings: found } = JSON.parse(stage.read("review.json")) as { findings: Finding[] };
  rmSync(join(stage.folder, "review.json"));
  return found;
}

const isReading = ({ kind, access }: Finding): boolean =>
  kind === "gained" && access?.intent === "read-values";

test("a branch without a change in access is quiet, and 0", async () => {
  const { exitCode, output } = await review();
  expect(output).toContain("no change in access");
  expect(exitCode).toBe(0);
});

test("the wide policy of dotmac's document opens every secret of every other system, and each is named", async () => {
  widen();
  const before = await stage.strongroom("synth");
  // The synthesis itself refuses it for the guardrails that it breaks; the review tells all the rest.
  expect(before.exitCode).toBe(2);
  const found = await findings();
  const gained = found.filter(
    ({ kind, principals }) => kind === "gained" && principals.includes("auth/approle/role/dotmac"),
  );
  const read = gained.find(isReading);

  await git("stash", "--quiet", "--include-untracked");
  await stage.strongroom("synth");
  const catalog = JSON.parse(stage.read("cdktf.out", "catalog.json")) as Catalog;
  await git("stash", "pop", "--quiet");
  const foreign = [
    ...catalog.secrets
      .filter(({ system }) => system !== "dotmac")
      .map(({ mount, path }) => ({ mount, path })),
    ...catalog.families.map(({ mount, template }) => ({ mount, path: template })),
  ].filter(({ mount }) => mount === "secret");
  expect(foreign.length).toBeGreaterThan(10);
  const opened = foreign.map(({ mount, path }) => `${mount}/${path}`);
  expect(read?.access?.regions).toEqual(expect.arrayContaining(opened));
  expect(read?.access?.witness.path).toMatch(/^secret\/data\//);
  expect(read?.place).toMatchObject({ file: "dotmac-policy.hcl", line: 1 });
  expect(read?.owners).toEqual(expect.arrayContaining(["team-platform"]));
  expect(read?.owners.length).toBeGreaterThan(1);
  for (const intent of ["write", "soft-delete", "delete-everything", "see-names", "read-metadata"])
    expect(gained.map(({ access }) => access?.intent)).toContain(intent);
  expect(found.map(({ kind }) => kind)).toContain("guardrail-broken");
});

test("says it at the terminal, and exits 1; thresholds move that", async () => {
  const { exitCode, output } = await review(
    "--output",
    "report.html",
    "--output",
    "review.sarif",
    "--output",
    "review.md",
  );
  expect(exitCode).toBe(1);
  expect(output).toMatch(/AppRole dotmac\s+can now read values of/);
  expect(output).toContain("dotmac-policy.hcl:1");
  expect(stage.read("report.html")).toMatch(/^<!doctype html>/i);
  expect(JSON.parse(stage.read("review.sarif")).version).toBe("2.1.0");
  expect(stage.read("review.md")).toContain("can now read values of");
  expect((await review("--fail-on", "never")).exitCode).toBe(0);
  expect((await review("--fail-on", "unknown")).exitCode).toBe(0);
  expect((await review("--fail-on", "guardrail")).exitCode).toBe(1);
});

test("an approval that the change itself adds is shown and does not count; one of the base does", async () => {
  const approval = [
    "approvals:",
    ...[
      "  - principal: auth/approle/role/dotmac",
      "    secret: secret/*",
      "    intents: [read-values]",
      "    by: ann@example.org",
      "    reason: it moves everything",
    ],
    "",
  ].join("\n");
  write("strongroom.approvals.yaml", approval);
  const own = (await findings()).find(isReading);
  expect(own?.approval).toMatchObject({ by: "ann@example.org", added_here: true, counts: false });
  await git("stash", "--quiet", "--include-untracked");
  await git("checkout", "--quiet", "main");
  write("strongroom.approvals.yaml", approval);
  await git("add", "strongroom.approvals.yaml");
  await git("commit", "--quiet", "--message=Approve");
  await git("checkout", "--quiet", "wide");
  await git("merge", "--quiet", "main");
  rmSync(join(stage.folder, "strongroom.approvals.yaml"));
  await git("stash", "pop", "--quiet");
  write("strongroom.approvals.yaml", approval);
  const given = (await findings()).find(isReading);
  expect(given?.approval).toMatchObject({ added_here: false, counts: true });
  rmSync(join(stage.folder, "strongroom.approvals.yaml"));
});

test("the same access under another engine", async () => {
  await git("checkout", "--quiet", "--force", "main");
  rmSync(join(stage.folder, "dotmac-policy.hcl"), { force: true });
  const { exitCode, output } = await review(
    "--base",
    "HEAD",
    "--base-engine",
    "vault@1.21.1",
    "--head-engine",
    "openbao@2.7.2",
  );
  expect(output).toContain("vault@1.21.1");
  // The engines' own policy "default" differs in two rules, and in nothing else that anybody here holds.
  expect(output).toContain("2 lost");
  expect(output).toContain("sys/renew: allowed by path");
  expect(exitCode).toBe(0);
});

test("a base that does not synthesize is said, and 3; everything is new only when that is asked for", async () => {
  await git("checkout", "--quiet", "-b", "broken");
  const whole = stage.read("systems", "dotmac.ts");
  write(join("systems", "dotmac.ts"), `${whole}\nthrow new Error("no such thing");\n`);
  await git("commit", "--quiet", "--all", "--message=Break it");
  write(join("systems", "dotmac.ts"), whole);
  const refused = await review("--base", "HEAD");
  expect(refused.output).toContain("cannot be synthesized");
  expect(refused.exitCode).toBe(3);
  const fresh = await review("--base", "HEAD", "--base-missing", "new");
  expect(fresh.output).toContain("everything is new");
  expect(fresh.output).toMatch(/AppRole dotmac\s+is new/);
  expect(fresh.exitCode).toBe(1);
});

test("a head that does not synthesize is refused with its message", async () => {
  write(
    join("systems", "dotmac.ts"),
    stage.read("systems", "dotmac.ts").replace('this.secret("jwt"', 'this.secret("/jwt"'),
  );
  const { exitCode, output } = await review("--base", "HEAD~1");
  expect(exitCode).toBe(2);
  expect(output).toMatch(/systems\/dotmac\.ts:\d+/);
  await git("checkout", "--quiet", "--force", "main");
});

// 1 would say that the review found something.
test.each([
  ["that is no TypeScript", "export clas Shop {}"],
  ["that fails as it is loaded", 'throw new Error("no such thing");'],
])("a head %s is a mistake at a line, and no verdict", async (_, more) => {
  const whole = stage.read("systems", "dotmac.ts");
  write(join("systems", "dotmac.ts"), `${whole}\n${more}\n`);
  const { exitCode, output } = await review("--base", "HEAD");
  expect(exitCode).toBe(2);
  expect(output).toContain(`✗ systems/dotmac.ts:${whole.split("\n").length + 1}`);
  expect(output).not.toMatch(/\n +at /);
  await git("checkout", "--quiet", "--force", "main");
});

test("approvals of the base that cannot be read count for nothing, and the head may mend them", async () => {
  await git("checkout", "--quiet", "-b", "mistaken");
  write("strongroom.approvals.yaml", "approvals: 3\n");
  await git("add", "strongroom.approvals.yaml");
  await git("commit", "--quiet", "--message=Approve nothing");
  expect((await review("--base", "HEAD")).exitCode).toBe(2);
  write("strongroom.approvals.yaml", "approvals: []\n");
  const { exitCode, output } = await review("--base", "HEAD");
  expect(exitCode).toBe(0);
  expect(output).toContain("The base's approvals cannot be read, and none of them counts");
  await git("checkout", "--quiet", "--force", "main");
});

test("where git cannot tell a base, everything is new when that is asked for", async () => {
  await git("checkout", "--quiet", "--detach", "main");
  await git("branch", "--move", "main", "elsewhere");
  expect((await review()).output).toContain("git knows no default branch");
  const { exitCode, output } = await review("--base-missing", "new");
  await git("branch", "--move", "elsewhere", "main");
  await git("checkout", "--quiet", "main");
  expect(exitCode).toBe(1);
  expect(output).toContain("so everything is new: git knows no default branch");
});

test.each([
  [["--fail-on", "some"], "--fail-on some is not possible"],
  [["--format", "pdf"], '"pdf" is no format'],
  [["--output", "review"], '"review" does not tell its format'],
  [["--base-missing", "old"], "cannot stand for a missing base"],
  [["--base", "no-such-revision"], "neither a file nor a folder"],
])("a wrong flag is refused: %s", async (args, words) => {
  const { exitCode, output } = await review(...args);
  expect(output).toContain(words);
  expect(exitCode).toBe(2);
});
