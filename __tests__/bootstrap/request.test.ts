import { InterruptedError, UsageError } from "../../base/errors";
import { type BootstrapRequest, sharesOf, stopIfAsked } from "../../bootstrap/request";

const request: BootstrapRequest = {
  instance: "dev",
  address: "http://127.0.0.1:8200",
  engine: { product: "openbao", version: "2.7.2" },
};

test("one share of one is the default", () => {
  expect(sharesOf(request)).toEqual({ shares: 1, threshold: 1 });
});

test("three of five is taken as it is", () => {
  expect(sharesOf({ ...request, shares: 5, threshold: 3 })).toEqual({ shares: 5, threshold: 3 });
});

test.each([
  [0, 0],
  [5, 1],
  [2, 3],
  [256, 3],
  [1.5, 1],
  [Number.NaN, 1],
])("%p shares with threshold %p are refused", (shares, threshold) => {
  expect(() => sharesOf({ ...request, shares, threshold })).toThrow(UsageError);
});

test("nothing stops where nobody asked", () => {
  expect(() => stopIfAsked(undefined, "x")).not.toThrow();
  expect(() => stopIfAsked(new AbortController().signal, "x")).not.toThrow();
});

test("a stop says what was not begun", () => {
  const stop = () => stopIfAsked(AbortSignal.abort(), "the server was unsealed");
  expect(stop).toThrow(InterruptedError);
  expect(stop).toThrow("Stopped before the server was unsealed.");
});
