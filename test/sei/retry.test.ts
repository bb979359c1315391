import fc from "fast-check";
import type { Effect } from "../../provider/sei/transport/request.js";
import {
  DEFAULT_RETRY,
  type Failure,
  RetryBudget,
  retryAfterMs,
  retryDelay,
} from "../../provider/sei/transport/retry.js";

const status = (code: number, retryAfter: string | null = null): Failure => ({
  kind: "status",
  status: code,
  retryAfter,
});
const delay = (effect: Effect, failure: Failure, attempt = 1, random = 0.5) =>
  retryDelay(effect, failure, attempt, DEFAULT_RETRY, random, 0);

test.each<[string, Failure, boolean, boolean]>([
  ["429", status(429), true, true],
  ["502", status(502), true, false],
  ["503", status(503), true, false],
  ["504", status(504), true, false],
  ["500", status(500), false, false],
  ["400", status(400), false, false],
  ["connection refused", { kind: "notConnected" }, true, true],
  ["no such host", { kind: "hopeless" }, false, false],
  ["reset", { kind: "lost", slow: false }, true, false],
  ["timeout", { kind: "lost", slow: true }, true, false],
])("after %s", (_, failure, read, write) => {
  expect(delay("read", failure) !== null).toBe(read);
  expect(delay("draft", failure) !== null).toBe(read);
  expect(delay("write", failure) !== null).toBe(write);
});

test("waits grow, and are jittered over their whole length", () => {
  expect([1, 2, 3].map((attempt) => delay("read", status(503), attempt, 1))).toEqual([500, 1000, 2000]);
  expect(delay("read", status(503), 3, 0)).toBe(0);
  expect(delay("read", status(503), DEFAULT_RETRY.attempts)).toBeNull();
  expect(delay("read", { kind: "lost", slow: true }, 2)).toBeNull();
});

test("Retry-After is a lower bound, up to a limit", () => {
  expect(delay("read", status(429, "3"))).toBe(3000);
  expect(delay("read", status(503, "Thu, 01 Jan 1970 00:00:04 GMT"))).toBe(4000);
  expect(delay("read", status(429, "86400"))).toBeNull();
});

test("Retry-After is never negative and never nonsense", () => {
  expect(retryAfterMs("Thu, 01 Jan 1970 00:00:05 GMT", 10_000)).toBe(0);
  for (const text of [null, "", "-1", "soon", "1e9", "NaN"]) expect(retryAfterMs(text, 0)).toBeNull();
  fc.assert(fc.property(fc.string(), fc.nat(), (text, now) => (retryAfterMs(text, now) ?? 0) >= 0));
});

test("no wait of ours is longer than the cap", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      const ms = retryDelay("read", status(503), attempt, { ...DEFAULT_RETRY, attempts: 50 }, random, 0);
      return ms !== null && ms >= 0 && ms <= DEFAULT_RETRY.capMs;
    }),
  );
});

test("the budget is shared, and paid back up to what it was", () => {
  const budget = new RetryBudget(100);
  expect([budget.spend(60), budget.spend(60), budget.spend(40), budget.spend(1)]).toEqual([true, false, true, false]);
  budget.repay(1000);
  expect([budget.spend(101), budget.spend(100)]).toEqual([false, true]);
});
