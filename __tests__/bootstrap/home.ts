import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives each test of a file a home of its own; returns how to get at its path. */
export function useTemporaryHome(): () => string {
  let home = "";
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "strongroom-home-"));
    process.env.STRONGROOM_HOME = home;
    delete process.env.STRONGROOM_IDENTITY;
  });
  afterEach(() => {
    delete process.env.STRONGROOM_HOME;
    delete process.env.STRONGROOM_IDENTITY;
    rmSync(home, { recursive: true, force: true });
  });
  return () => home;
}
