import { BoundedMap } from "../../../review/traffic/bounded-map";

test("a bounded map keeps what is asked for, and forgets the rest beyond its bound", () => {
  const map = new BoundedMap<number, string>(10);
  map.set(0, "asked for");
  for (let key = 1; key <= 100; key++) {
    map.set(key, "new");
    expect(map.get(0)).toBe("asked for");
  }
  const kept = Array.from({ length: 101 }, (_, key) => key).filter((key) => map.get(key) !== undefined);
  expect(kept.length).toBeLessThanOrEqual(10);
  expect(kept).toContain(0);
  expect(kept).not.toContain(1);
});
