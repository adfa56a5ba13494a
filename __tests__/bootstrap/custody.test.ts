import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { type AgeIdentity, sealTo } from "../../bootstrap/age";
import {
  type Custody,
  hasCustody,
  readCustody,
  setCustodyAside,
  storeCustody,
} from "../../bootstrap/custody";
import { ensureIdentity } from "../../bootstrap/identity";
import type { InstancePlaces } from "../../bootstrap/places";
import { ensurePlaces } from "../../bootstrap/preflight";
import { ReservedFile } from "../../bootstrap/reserved-file";
import { useTemporaryHome } from "./home";

useTemporaryHome();
let places: InstancePlaces;
let identity: AgeIdentity;

const custody: Custody = {
  schema_version: 1,
  instance: "dev",
  engine: "openbao@2.7.2",
  address: "http://127.0.0.1:8200",
  created_at: "2026-01-01T00:00:00.000Z",
  threshold: 1,
  shares: ["c2hhcmUtb25l"],
  root_token: "s.canary",
};

beforeEach(async () => {
  places = await ensurePlaces("dev");
  identity = await ensureIdentity();
});

async function store(): Promise<void> {
  await storeCustody(places, identity, custody, await ReservedFile.create(places.reserve));
}

test("it comes back as it was stored, and lies sealed on disk, for the operator alone", async () => {
  expect(hasCustody(places)).toBe(false);
  await store();
  expect(hasCustody(places)).toBe(true);
  expect(await readCustody(places, identity)).toEqual(custody);
  expect(readFileSync(places.custody, "latin1")).not.toMatch(/canary|c2hhcmUtb25l/);
  expect(statSync(places.custody).mode & 0o777).toBe(0o600);
  expect(readdirSync(places.directory)).toEqual(["custody.age"]);
});

test("it is never stored over another one", async () => {
  await store();
  const before = readFileSync(places.custody);
  await expect(store()).rejects.toMatchObject({ code: "EEXIST" });
  expect(readFileSync(places.custody)).toEqual(before);
});

test("put aside it keeps its content under a new name", async () => {
  await store();
  const before = readFileSync(places.custody);
  const aside = await setCustodyAside(places, new Date("2026-01-02T03:04:05.678Z"));
  expect(aside).toBe(`${places.custody}.2026-01-02T03-04-05-678Z.old`);
  expect(readFileSync(aside ?? "")).toEqual(before);
  expect(hasCustody(places)).toBe(false);
  expect(await setCustodyAside(places)).toBeUndefined();
});

test("with another identity it does not open, and the message names the one that was tried", async () => {
  await store();
  const secret = await generateX25519Identity();
  const other = { path: "/keys/other.txt", recipient: await identityToRecipient(secret), secret };
  const error = await readCustody(places, other).catch((thrown: Error) => thrown);
  expect(String(error)).toContain("sealed to another identity than the one in /keys/other.txt");
  expect(String(error)).not.toContain(secret);
});

test("cut off at any length, or with any byte changed, it is damaged and never half read", async () => {
  await store();
  const whole = readFileSync(places.custody);
  const damaged: Buffer[] = [];
  for (let length = 0; length < whole.length; length += 17) damaged.push(whole.subarray(0, length));
  for (let place = 0; place < whole.length; place += 13) {
    const bytes = Buffer.from(whole);
    bytes[place] = (bytes[place] ?? 0) ^ 0x20;
    damaged.push(bytes);
  }
  for (const bytes of damaged) {
    writeFileSync(places.custody, bytes);
    await expect(readCustody(places, identity)).rejects.toMatchObject({ name: "OperationalError" });
  }
});

test.each([
  ["of a later version", JSON.stringify({ ...custody, schema_version: 2 })],
  ["with a field too many", JSON.stringify({ ...custody, more: 1 })],
  ["without shares", JSON.stringify({ ...custody, shares: [] })],
  ["that is no JSON", "s.canary"],
])("content %s is refused without being shown", async (_, content) => {
  writeFileSync(places.custody, await sealTo(identity.recipient, content), { mode: 0o600 });
  const error = await readCustody(places, identity).catch((thrown: Error) => thrown);
  expect(String(error)).toContain("does not know its content");
  expect((error as Error).stack).not.toContain("canary");
});

test("where others could read it, it is refused", async () => {
  await store();
  chmodSync(places.custody, 0o644);
  await expect(readCustody(places, identity)).rejects.toThrow(/is open to others/);
});

test("where there is none, that is said", async () => {
  await expect(readCustody(places, identity)).rejects.toThrow(/There is no custody of instance dev/);
});
