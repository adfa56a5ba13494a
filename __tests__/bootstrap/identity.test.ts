import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureIdentity, identityPath, readIdentity } from "../../bootstrap/identity";
import { useTemporaryHome } from "./home";

const home = useTemporaryHome();

test("it is made on first use, in the form of age-keygen, for the operator alone", async () => {
  const { path, recipient, secret } = await ensureIdentity();
  expect(path).toBe(join(home(), "identity.txt"));
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, "utf8")).toMatch(
    new RegExp(`^# created: \\S+\\n# public key: ${recipient}\\n${secret}\\n$`),
  );
  expect(recipient).toMatch(/^age1[a-z0-9]{58}$/);
  expect(readdirSync(home())).toEqual(["identity.txt"]);
});

test("it stays the same from then on", async () => {
  const made = await ensureIdentity();
  expect(await ensureIdentity()).toEqual(made);
  expect(await readIdentity()).toEqual(made);
});

test("first uses at once end with one identity", async () => {
  const made = await Promise.all([ensureIdentity(), ensureIdentity(), ensureIdentity()]);
  expect(new Set(made.map(({ secret }) => secret)).size).toBe(1);
  expect(readdirSync(home())).toEqual(["identity.txt"]);
});

test("another file can be named, also one of age-keygen's", async () => {
  const { secret } = await ensureIdentity();
  const path = join(home(), "elsewhere", "key.txt");
  mkdirSync(join(home(), "elsewhere"), { mode: 0o700 });
  writeFileSync(path, `# created: by hand\n${secret}\n`, { mode: 0o600 });
  process.env.STRONGROOM_IDENTITY = path;
  expect(identityPath()).toBe(path);
  expect(await readIdentity()).toMatchObject({ path, secret });
});

test("reading alone never makes one", async () => {
  await expect(readIdentity()).rejects.toThrow(/identity .*identity\.txt is missing/);
  expect(readdirSync(home())).toEqual([]);
});

test("one that others can read is refused, with the command that closes it", async () => {
  const { path } = await ensureIdentity();
  chmodSync(path, 0o644);
  await expect(ensureIdentity()).rejects.toMatchObject({ nextStep: `Close it: chmod 600 ${path}` });
});

test.each(["", "nonsense\n", "AGE-SECRET-KEY-1QQQQ\n", "# AGE-SECRET-KEY-1 only in a comment\n"])(
  "a file with %p holds none, and is left as it is",
  async (content) => {
    const path = join(home(), "identity.txt");
    writeFileSync(path, content, { mode: 0o600 });
    await expect(ensureIdentity()).rejects.toThrow(/holds no age identity/);
    expect(readFileSync(path, "utf8")).toBe(content);
  },
);

test("one in a Git work tree is refused, be it there or not", async () => {
  const { secret } = await ensureIdentity();
  mkdirSync(join(home(), "clone", ".git"), { recursive: true });
  process.env.STRONGROOM_IDENTITY = join(home(), "clone", "key.txt");
  await expect(ensureIdentity()).rejects.toThrow(/lies in the Git work tree/);
  writeFileSync(process.env.STRONGROOM_IDENTITY, secret, { mode: 0o600 });
  await expect(readIdentity()).rejects.toThrow(/lies in the Git work tree/);
});
