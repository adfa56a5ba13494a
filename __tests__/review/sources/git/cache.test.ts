import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cached, cacheKey } from "../../../../review/sources/git/cache";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "strongroom-cache-"));
  process.env.STRONGROOM_CACHE = root;
});

afterEach(() => {
  delete process.env.STRONGROOM_CACHE;
  rmSync(root, { recursive: true, force: true });
});

const project = (id: string) => ({ stacks: [{ id, json: {} }] });
const name = (index: number) => index.toString(16).padStart(64, "0");

describe("what is kept", () => {
  test("is made once", async () => {
    const make = jest.fn(async () => project("a"));
    expect(await cached(name(1), make)).toEqual(project("a"));
    expect(await cached(name(1), make)).toEqual(project("a"));
    expect(make).toHaveBeenCalledTimes(1);
    expect(statSync(join(root, "reviews", `${name(1)}.json`)).mode & 0o077).toBe(0);
  });

  test("is made again when it is broken", async () => {
    await cached(name(1), async () => project("a"));
    writeFileSync(join(root, "reviews", `${name(1)}.json`), '{"stacks":');
    expect(await cached(name(1), async () => project("b"))).toEqual(project("b"));
  });

  test("is bounded: the least recently used goes", async () => {
    const folder = join(root, "reviews");
    mkdirSync(folder);
    for (let index = 1; index <= 120; index++) {
      writeFileSync(join(folder, `${name(index)}.json`), '{"stacks":[]}');
      utimesSync(join(folder, `${name(index)}.json`), index, index);
    }
    await cached(name(500), async () => project("new"));
    const left = readdirSync(folder);
    expect(left).toHaveLength(100);
    expect(left).toContain(`${name(500)}.json`);
    expect(left).not.toContain(`${name(1)}.json`);
  });

  test("is done without where there is no place for it", async () => {
    writeFileSync(join(root, "reviews"), "a file");
    expect(await cached(name(1), async () => project("a"))).toEqual(project("a"));
  });
});

describe("the key", () => {
  const git = (...args: string[]) =>
    execFileSync(
      "git",
      ["-C", join(root, "repo"), "-c", "user.email=t@example.com", "-c", "user.name=t", ...args],
      {
        encoding: "utf8",
      },
    ).trim();

  function commit(file: string, text: string): string {
    mkdirSync(dirname(join(root, "repo", file)), { recursive: true });
    writeFileSync(join(root, "repo", file), text);
    git("add", "-A");
    git("commit", "--quiet", "-m", "x");
    return git("rev-parse", "HEAD");
  }

  test("changes with declarations and flags, and not with words or tests", async () => {
    execFileSync("git", ["init", "--quiet", join(root, "repo")]);
    const key = (sha: string, ...flags: string[]) => cacheKey(join(root, "repo"), sha, flags);
    const first = commit("systems/a.ts", "1");
    const words = commit("README.md", "words");
    const tests = commit("__tests__/a.test.ts", "tests");
    const policy = commit("somewhere/by-hand.hcl", "policy");
    const other = commit("systems/a.ts", "2");
    expect(await key(words)).toBe(await key(first));
    expect(await key(tests)).toBe(await key(first));
    expect(new Set([await key(first), await key(policy), await key(other)]).size).toBe(3);
    expect(await key(first, "dev")).not.toBe(await key(first, "staging"));
  });

  test("of a project in a folder of its repository changes with everything beside it", async () => {
    execFileSync("git", ["init", "--quiet", join(root, "repo")]);
    const key = (sha: string) => cacheKey(join(root, "repo", "infra", "secrets"), sha, []);
    const first = commit("infra/secrets/systems/a.ts", "1");
    const words = commit("infra/secrets/README.md", "words");
    const beside = commit("infra/policies/by-hand.hcl", "policy");
    const above = commit("policies/by-hand.hcl", "policy");
    expect(await key(words)).toBe(await key(first));
    expect(new Set([await key(first), await key(beside), await key(above)]).size).toBe(3);
  });
});
