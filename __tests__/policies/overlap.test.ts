import fc from "fast-check";
import type { Capability } from "../../policies/capability";
import { covers, intersect, type PatternAccess, uniteOverlaps } from "../../policies/overlap";
import { Reference, segmentMatches } from "./reference";

const access = (pattern: string, ...capabilities: Capability[]): PatternAccess => ({
  pattern,
  capabilities: new Set(capabilities),
});

/** As a policy would say it, sorted. */
function shown(accesses: readonly PatternAccess[]): string[] {
  return accesses.map(({ pattern, capabilities }) => `${pattern} ${[...capabilities].sort().join()}`).sort();
}

describe("a set of grants", () => {
  test("that do not meet stays as it is", () => {
    const grants = [
      access("m/a", "read"),
      access("m/b", "update"),
      access("m/+/c", "read"),
      access("m/d/", "list"),
    ];
    expect(shown(uniteOverlaps(grants))).toEqual(shown(grants));
  });

  test("on one path becomes one rule", () => {
    expect(shown(uniteOverlaps([access("m/a", "read"), access("m/a", "update")]))).toEqual([
      "m/a read,update",
    ]);
  });

  test("of which one covers the other gives the narrow one what the wide one has", () => {
    expect(shown(uniteOverlaps([access("m/+", "read"), access("m/a", "update")]))).toEqual([
      "m/+ read",
      "m/a read,update",
    ]);
  });

  test("of which one says no more than the other leaves it out", () => {
    expect(shown(uniteOverlaps([access("m/+", "read", "update"), access("m/a", "read")]))).toEqual([
      "m/+ read,update",
    ]);
  });

  test("that cross gets a rule where they do", () => {
    expect(shown(uniteOverlaps([access("m/+/b", "read"), access("m/a/+", "update")]))).toEqual([
      "m/+/b read",
      "m/a/+ update",
      "m/a/b read,update",
    ]);
  });

  test("lists a folder though a rule for the path without its slash is asked first", () => {
    expect(shown(uniteOverlaps([access("m/+/", "list"), access("m/a", "read")]))).toEqual([
      "m/+/ list",
      "m/a list,read",
    ]);
  });

  test("lists a folder though + stands for the empty segment behind its slash too", () => {
    expect(shown(uniteOverlaps([access("m/+/", "list"), access("m/a/+", "read")]))).toEqual([
      "m/+/ list",
      "m/a/ list",
      "m/a/+ read",
    ]);
  });
});

describe("patterns", () => {
  test.each([
    ["a/+", "a/b", "a/b"],
    ["a/+/c", "a/b/+", "a/b/c"],
    ["+/+", "a/+", "a/+"],
    ["a/+/", "a/b/", "a/b/"],
    ["a/b", "a/c", undefined],
    ["a/+", "a/b/c", undefined],
    ["a/+", "a/", undefined],
  ])("%s and %s meet in %s", (a, b, both) => {
    expect(intersect(a, b)).toBe(both);
    expect(intersect(b, a)).toBe(both);
  });

  test("cover what they meet in whole", () => {
    expect(covers("a/+", "a/b")).toBe(true);
    expect(covers("a/b", "a/+")).toBe(false);
    expect(covers("a/+", "a/")).toBe(false);
  });
});

const SEGMENTS = ["a", "b", "ab"];
const segment = fc.constantFrom("a", "b", "+", "+");
const secretAccess = fc.record({
  pattern: fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => ["m", ...segments].join("/")),
  capabilities: fc
    .uniqueArray(fc.constantFrom<Capability>("read", "create", "update", "delete"), {
      minLength: 1,
      maxLength: 3,
    })
    .map((capabilities) => new Set<Capability>(capabilities)),
});
const folderAccess = fc.record({
  pattern: fc.array(segment, { maxLength: 2 }).map((segments) => ["m", ...segments, ""].join("/")),
  capabilities: fc.constant<ReadonlySet<Capability>>(new Set<Capability>(["list"])),
});
/** As constructs grant them: who sees the names of folders without naming them sees them in the folder above. */
const grants = fc
  .array(fc.oneof({ weight: 2, arbitrary: secretAccess }, folderAccess), { minLength: 1, maxLength: 6 })
  .map((all) => all.flatMap((each) => [each, ...foldersAbove(each.pattern)]));

function foldersAbove(pattern: string): PatternAccess[] {
  if (!pattern.endsWith("/+/")) return [];
  const above = pattern.slice(0, -2);
  return [access(above, "list"), ...foldersAbove(above)];
}

const MODES = ["L0", "L1", "L2", "L3"] as const;
const OPERATIONS = ["read", "create", "update", "delete"] as const;
const SECRETS = words(3).filter((word) => word.length > 0);
const FOLDERS = words(3);

/** Every list of at most that many segments. */
function words(longest: number): string[][] {
  if (longest === 0) return [[]];
  const shorter = words(longest - 1);
  const full = shorter.filter((word) => word.length === longest - 1);
  return [...shorter, ...full.flatMap((word) => SEGMENTS.map((each) => [...word, each]))];
}

/** What a server with these rules allows, by the reference of the semantics: every operation on every secret, LIST on every folder. */
function allowed(rules: readonly PatternAccess[]): string[] {
  const server = new Reference(
    rules.map(({ pattern, capabilities }) => ({ path: pattern, capabilities: [...capabilities] })),
  );
  const found: string[] = [];
  for (const word of SECRETS) {
    const path = ["m", ...word].join("/");
    const held = server.lookup(path, undefined);
    found.push(
      ...OPERATIONS.filter((operation) => held?.has(operation)).map((operation) => `${operation} ${path}`),
    );
  }
  for (const word of FOLDERS) {
    const path = ["m", ...word, ""].join("/");
    for (const mode of MODES)
      if (server.lookup(path, mode)?.has("list")) found.push(`list ${path} in ${mode}`);
  }
  return found;
}

/** What each grant allows by itself, all together. */
function union(all: readonly PatternAccess[]): string[] {
  const holds = (path: string, capability: Capability) =>
    all.some(({ pattern, capabilities }) => {
      const folder = path.endsWith("/") === pattern.endsWith("/");
      return folder && capabilities.has(capability) && segmentMatches(pattern, path);
    });
  const found: string[] = [];
  for (const word of SECRETS) {
    const path = ["m", ...word].join("/");
    found.push(
      ...OPERATIONS.filter((operation) => holds(path, operation)).map((operation) => `${operation} ${path}`),
    );
  }
  for (const word of FOLDERS) {
    const path = ["m", ...word, ""].join("/");
    if (holds(path, "list")) found.push(...MODES.map((mode) => `list ${path} in ${mode}`));
  }
  return found;
}

describe("for all grants, the united rules", () => {
  test("allow exactly what the grants allow together, in every way that servers list", () => {
    fc.assert(
      fc.property(grants, (all) => {
        expect(allowed(uniteOverlaps(all))).toEqual(union(all));
      }),
      { numRuns: 700, seed: 7 },
    );
  });

  test("are the same in whatever order the grants come, and for grants given twice", () => {
    fc.assert(
      fc.property(grants, fc.nat(5), (all, by) => {
        const turned = [...all.slice(by), ...all, ...all.slice(0, by).reverse()];
        expect(shown(uniteOverlaps(turned))).toEqual(shown(uniteOverlaps(all)));
      }),
      { numRuns: 500, seed: 8 },
    );
  });

  test("united again stay the same", () => {
    fc.assert(
      fc.property(grants, (all) => {
        const once = uniteOverlaps(all);
        expect(shown(uniteOverlaps(once))).toEqual(shown(once));
      }),
      { numRuns: 500, seed: 9 },
    );
  });

  test("hold no rule for secrets that says just what the rules around it say", () => {
    fc.assert(
      fc.property(grants, (all) => {
        const rules = uniteOverlaps(all).filter(({ pattern }) => !pattern.endsWith("/"));
        const idle = rules.filter((rule) => {
          const wider = rules.filter((each) => each !== rule && covers(each.pattern, rule.pattern));
          const nearest = wider.filter((each) =>
            wider.every((other) => other === each || !covers(each.pattern, other.pattern)),
          );
          const same = [...rule.capabilities].sort().join();
          return (
            nearest.length > 0 &&
            nearest.every(({ capabilities }) => [...capabilities].sort().join() === same)
          );
        });
        expect(shown(idle)).toEqual([]);
      }),
      { numRuns: 300, seed: 10 },
    );
  });
});
