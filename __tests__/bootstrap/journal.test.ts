import { existsSync, statSync, writeFileSync } from "node:fs";
import { clearTraces, readJournal, removeJournal, writeJournal } from "../../bootstrap/journal";
import { ensurePlaces } from "../../bootstrap/preflight";
import { useTemporaryHome } from "./home";

useTemporaryHome();

const journal = {
  schema_version: 1,
  started_at: "2026-01-01T00:00:00.000Z",
  address: "http://127.0.0.1:8200",
  engine: "openbao@2.7.2",
} as const;

test("it comes back as it was written, for the operator alone, until it is removed", async () => {
  const places = await ensurePlaces("dev");
  expect(await readJournal(places)).toBeUndefined();
  await writeJournal(places, journal);
  expect(await readJournal(places)).toEqual(journal);
  expect(statSync(places.journal).mode & 0o777).toBe(0o600);
  await removeJournal(places);
  expect(await readJournal(places)).toBeUndefined();
});

test.each(["", "{", '{"schema_version":2}'])(
  "with %p in it, it is unreadable, which is not the same as absent",
  async (text) => {
    const places = await ensurePlaces("dev");
    writeFileSync(places.journal, text, { mode: 0o600 });
    expect(await readJournal(places)).toBe("unreadable");
  },
);

test("clearing takes away what an interrupted run left, and nothing else", async () => {
  const places = await ensurePlaces("dev");
  await writeJournal(places, journal);
  for (const file of [places.reserve, places.custody]) writeFileSync(file, "");
  await clearTraces(places);
  expect([places.journal, places.reserve, places.custody].map((file) => existsSync(file))).toEqual([
    false,
    false,
    true,
  ]);
});
