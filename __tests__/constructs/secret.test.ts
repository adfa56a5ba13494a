import { every } from "../../constructs/duration";
import { port, sensitive, text } from "../../constructs/field";
import { refusal, Workbench } from "./workbench";

describe("a secret", () => {
  test("says what it is for, what it holds, when it rotates and who answers for it", () => {
    const jwt = new Workbench().secret("auth/jwt", {
      description: "Signs tokens",
      fields: { secret: sensitive(), algorithm: text("HS256") },
      rotate: every(90, "days"),
      env: { JWT_SECRET_KEY: "secret" },
    });
    expect(jwt).toMatchObject({
      path: "auth/jwt",
      system: "shop",
      description: "Signs tokens",
      rotate: { seconds: 7_776_000 },
      env: { JWT_SECRET_KEY: "secret" },
      owner: "team-shop",
    });
  });

  test("can have an owner of its own", () => {
    expect(new Workbench().secret("jwt", { owner: "team-auth" }).owner).toBe("team-auth");
  });

  test("gives the name of a field", () => {
    expect(new Workbench().secret("jwt").field("value")).toBe("value");
  });

  test("gives no name of a field that it does not have", () => {
    const jwt = new Workbench().secret("jwt");
    expect(refusal(() => jwt.field("valeu" as "value"))).toMatchInlineSnapshot(`
"HERE  test/shop/jwt: there is no field "valeu".
  Its fields are: value."
`);
  });

  test.each([
    ["a blank one", " "],
    ["none", undefined as unknown as string],
  ])("is refused with %s for a description", (_, description) => {
    expect(refusal(() => new Workbench().secret("jwt", { description }))).toBe(
      "HERE  test/shop/jwt: has no description.\n  Say in one sentence what it is for.",
    );
  });

  test.each([[{}], [undefined as unknown as Record<string, never>]])(
    "is refused without fields",
    (fields) => {
      expect(refusal(() => new Workbench().secret("jwt", { fields }))).toBe(
        "HERE  test/shop/jwt: has no fields.\n  Name at least one, for example { value: sensitive() }.",
      );
    },
  );

  test("is refused with a value where a field belongs, without telling the value", () => {
    const fields = { password: "hunter2" as never };
    const message = refusal(() => new Workbench().secret("db", { fields }));
    expect(message).toMatchInlineSnapshot(`
"HERE  test/shop/db: says nothing of what its field "password" holds.
  Write text(), number(), url(), port(), sensitive() or generated(): a declaration never holds a value."
`);
  });

  test.each(["", "a b", "a/b", "0", "clé"])("is refused with a field named %j", (name) => {
    expect(refusal(() => new Workbench().secret("db", { fields: { [name]: text() } }))).toContain(
      `test/shop/db: has a field "${name}".`,
    );
  });

  test("is refused with a rotation that has no unit", () => {
    expect(refusal(() => new Workbench().secret("db", { rotate: 90 as never }))).toBe(
      'HERE  test/shop/db: rotate is no duration.\n  Write it with its unit: hours(1), minutes(10), every(90, "days").',
    );
  });
});

describe("an environment variable of a secret", () => {
  test("is refused when it stands for no field", () => {
    expect(refusal(() => new Workbench().secret("db", { env: { DB_PASSWORD: "pasword" as never } }))).toBe(
      'HERE  test/shop/db: gives DB_PASSWORD the field "pasword", which it does not have.\n  Its fields are: value.',
    );
  });

  test.each(["DB-PORT", "1DB", "", "DB PORT", "É"])("is refused when it is named %j", (variable) => {
    const declare = () => new Workbench().secret("db", { fields: { p: port() }, env: { [variable]: "p" } });
    expect(refusal(declare)).toContain(
      `names the environment variable "${variable}".\n  Use letters, digits`,
    );
  });

  test("is refused when another secret of the system gives it", () => {
    const bench = new Workbench();
    bench.secret("db", { env: { URL: "value" as never } });
    expect(refusal(() => bench.secret("cache", { env: { URL: "value" as never } }))).toMatchInlineSnapshot(`
"HERE  test/shop/cache: the environment variable URL is given already by test/shop/db (THERE).
  Give one of the two another name: a process has one value for each."
`);
  });

  test("may be given by another system too", () => {
    const bench = new Workbench();
    bench.secret("db", { env: { URL: "value" as never } });
    expect(() => bench.secret("cache", { env: { URL: "value" as never } }, "office")).not.toThrow();
  });
});

describe("the path of a secret", () => {
  test.each(["jwt", "database/postgres", "a/b/c/d", "with.dots/and-dashes/a@b=c_d", "database", "metadata"])(
    "may be %s",
    (path) => {
      expect(new Workbench().secret(path).target.pattern).toBe(path);
    },
  );

  test.each([
    ["", 'is empty.\n  Write the path below the mount, for example "database/postgres".'],
    ["data/jwt", 'starts with "data/" below its mount.\n  KV v2 adds "data/" itself: write "jwt".'],
    [
      "metadata/jwt",
      'starts with "metadata/" below its mount.\n  KV v2 adds "metadata/" itself: write "jwt".',
    ],
    ["secret/data/a/b", 'starts with "data/" below its mount.\n  KV v2 adds "data/" itself: write "a/b".'],
    ["/secret/data/a", 'starts with "data/" below its mount.\n  KV v2 adds "data/" itself: write "a".'],
    ["data//a/", 'starts with "data/" below its mount.\n  KV v2 adds "data/" itself: write "a".'],
    ["data/", 'starts with "data/" below its mount.\n  KV v2 adds "data/" itself.'],
    ["secret/jwt", 'starts with the name of its mount.\n  The mount is known already: write "jwt".'],
    ["/jwt", 'starts with a slash.\n  Single slashes stand between segments, and nowhere else: write "jwt".'],
    ["jwt/", 'ends with a slash.\n  Single slashes stand between segments, and nowhere else: write "jwt".'],
    [
      "a//b",
      'has an empty segment.\n  Single slashes stand between segments, and nowhere else: write "a/b".',
    ],
    ["/", "starts with a slash.\n  Single slashes stand between segments, and nowhere else."],
    [
      "a/+/b",
      'has the segment "+".\n  Wildcards belong to families: write a parameter in braces, as in {project}.',
    ],
    [
      "a/*",
      'has the segment "*".\n  Wildcards belong to families: write a parameter in braces, as in {project}.',
    ],
    [
      "a/{b}",
      'has the segment "{b}".\n  A path with parameters is a family: declare it with this.family(…).',
    ],
    [
      "a/../b",
      'has the segment "..".\n  Use letters, digits and . _ - @ = in a segment, and not . or .. alone.',
    ],
    ["./a", 'has the segment ".".\n  Use letters, digits and . _ - @ = in a segment, and not . or .. alone.'],
    [
      "clé",
      'has the segment "clé".\n  Use letters, digits and . _ - @ = in a segment, and not . or .. alone.',
    ],
    [
      "a b",
      'has the segment "a b".\n  Use letters, digits and . _ - @ = in a segment, and not . or .. alone.',
    ],
    [
      "$" + "{x}",
      'has the segment "$' + '{x}".\n  A path with parameters is a family: declare it with this.family(…).',
    ],
  ])("is refused as %j", (path, told) => {
    const message = refusal(() => new Workbench().secret(path));
    expect(message).toMatch(/^HERE {2}test\/shop\/[^ :]*[^:]*: secret path /);
    expect(message).toContain(`secret path "${path}" ${told}`);
    expect(message.endsWith(told)).toBe(true);
  });

  test("may begin with data/ on KV v1, which adds nothing", () => {
    expect(new Workbench({ version: 1 }).secret("data/jwt").target.pattern).toBe("data/jwt");
  });

  test("is refused with a mount of two segments in front", () => {
    expect(refusal(() => new Workbench({ path: "a/b" }).secret("a/b/data/jwt"))).toContain('write "jwt".');
  });

  test("belongs to one declaration of a system", () => {
    const bench = new Workbench();
    bench.secret("jwt");
    expect(refusal(() => bench.secret("jwt"))).toMatchInlineSnapshot(`
"HERE  test/shop/jwt.2: secret path "secret/jwt" is declared already by test/shop/jwt (THERE).
  Use that declaration, or give this one a secret path of its own."
`);
  });

  test("belongs to one declaration across systems", () => {
    const bench = new Workbench();
    bench.secret("jwt");
    expect(refusal(() => bench.secret("jwt", {}, "office"))).toMatchInlineSnapshot(`
"HERE  test/office/jwt: secret path "secret/jwt" is declared already by test/shop/jwt (THERE).
  Use that declaration, or give this one a secret path of its own."
`);
  });

  test("may differ from another by a dot for a slash, or by its case", () => {
    const bench = new Workbench();
    bench.secret("a/b");
    expect(() => [bench.secret("a.b"), bench.secret("A/b")]).not.toThrow();
  });
});
