import { chmodSync, chownSync, mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensurePrivateDirectory, readPrivateFile } from "../../bootstrap/private-files";
import { useTemporaryHome } from "./home";

const home = useTemporaryHome();
const isRoot = process.getuid?.() === 0;

describe("a private directory", () => {
  test("is made with mode 0700, with all that is missing above it, whatever the umask", async () => {
    const path = join(home(), "a", "b");
    const before = process.umask(0o277);
    await ensurePrivateDirectory(path).finally(() => process.umask(before));
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(statSync(join(home(), "a")).mode & 0o777).toBe(0o700);
    await ensurePrivateDirectory(path);
  });

  test("that others can enter is refused, with the command that closes it", async () => {
    const path = join(home(), "open");
    mkdirSync(path);
    chmodSync(path, 0o750);
    await expect(ensurePrivateDirectory(path)).rejects.toMatchObject({
      what: `${path} is open to others (mode 0750).`,
      nextStep: `Close it: chmod 700 ${path}`,
    });
  });

  test("in a Git work tree is refused", async () => {
    mkdirSync(join(home(), "repository", ".git"), { recursive: true });
    const path = join(home(), "repository", "keys", "dev");
    await expect(ensurePrivateDirectory(path)).rejects.toThrow(/lies in the Git work tree .*repository:/);
  });

  test("whose name is a file's, or whose parent is a dangling link, is refused", async () => {
    writeFileSync(join(home(), "file"), "");
    symlinkSync(join(home(), "nowhere"), join(home(), "link"));
    await expect(ensurePrivateDirectory(join(home(), "file"))).rejects.toThrow(/Cannot write .*file/);
    await expect(ensurePrivateDirectory(join(home(), "link", "x"))).rejects.toThrow(/Cannot write .*link/);
  });
});

describe("a private file", () => {
  test.each([0o600, 0o400])("of mode %p is read", async (mode) => {
    const path = join(home(), "key");
    writeFileSync(path, "content", { mode });
    expect((await readPrivateFile(path))?.toString()).toBe("content");
  });

  test("that is not there is undefined", async () => {
    expect(await readPrivateFile(join(home(), "none"))).toBeUndefined();
  });

  test.each([0o640, 0o604, 0o700, 0o666])(
    "of mode %p is refused, with the command that closes it",
    async (mode) => {
      const path = join(home(), "key");
      writeFileSync(path, "content");
      chmodSync(path, mode);
      await expect(readPrivateFile(path)).rejects.toMatchObject({ nextStep: `Close it: chmod 600 ${path}` });
    },
  );

  test("that belongs to somebody else is refused", async () => {
    const path = join(home(), "key");
    writeFileSync(path, "content", { mode: 0o600 });
    if (isRoot) {
      chownSync(path, 12345, 12345);
      await expect(readPrivateFile(path)).rejects.toThrow(/belongs to user 12345, not to you/);
    } else {
      await expect(readPrivateFile("/etc/hostname")).rejects.toThrow(/belongs to user 0, not to you/);
    }
  });

  test("that is a directory cannot be read, and that is said", async () => {
    mkdirSync(join(home(), "folder"), { mode: 0o600 });
    await expect(readPrivateFile(join(home(), "folder"))).rejects.toThrow(/Cannot read .*folder \(EISDIR\)/);
  });
});
