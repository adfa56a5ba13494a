import { existsSync, mkdirSync, rmSync, utimesSync } from "node:fs";
import { ConflictError, InterruptedError } from "../../base/errors";
import { withInstanceLock } from "../../bootstrap/lock";
import { ensurePlaces } from "../../bootstrap/preflight";
import { useTemporaryHome } from "./home";

useTemporaryHome();

test("two works on one instance run one after the other, and leave no lock", async () => {
  const places = await ensurePlaces("dev");
  const order: string[] = [];
  const work = (name: string) => async () => {
    order.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    order.push(`${name} ends`);
  };
  await Promise.all([
    withInstanceLock(places, undefined, work("one")),
    withInstanceLock(places, undefined, work("two")),
  ]);
  expect(order).toHaveLength(4);
  expect(order[1]?.split(" ")[0]).toBe(order[0]?.split(" ")[0]);
  expect(existsSync(places.lock)).toBe(false);
});

test("work that fails gives the lock back", async () => {
  const places = await ensurePlaces("dev");
  const failing = withInstanceLock(places, undefined, () => Promise.reject(new Error("no")));
  await expect(failing).rejects.toThrow("no");
  expect(await withInstanceLock(places, undefined, async () => "again")).toBe("again");
});

test("a lock that is held for too long is a conflict", async () => {
  const places = await ensurePlaces("dev");
  mkdirSync(places.lock);
  await expect(withInstanceLock(places, undefined, async () => 1, 200)).rejects.toThrow(ConflictError);
});

test("a lock whose holder was killed is taken over", async () => {
  const places = await ensurePlaces("dev");
  mkdirSync(places.lock);
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(places.lock, longAgo, longAgo);
  expect(await withInstanceLock(places, undefined, async () => "mine")).toBe("mine");
});

test("a lock that was lost is noticed by who relies on it", async () => {
  const places = await ensurePlaces("dev");
  const working = withInstanceLock(places, undefined, async (lock) => {
    lock.assertHeld();
    rmSync(places.lock, { recursive: true });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    lock.assertHeld();
  });
  await expect(working).rejects.toThrow(/was lost while it was held/);
});

test("waiting ends when the person stops it", async () => {
  const places = await ensurePlaces("dev");
  mkdirSync(places.lock);
  const waiting = withInstanceLock(places, AbortSignal.timeout(100), async () => 1);
  await expect(waiting).rejects.toThrow(InterruptedError);
});
