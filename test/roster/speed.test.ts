import { circularReference } from "../../provider/roster/rules/circular-reference.js";
import { nearestEmail } from "../../provider/roster/rules/nearest-email.js";

// Apart from the others: the mutation tests leave this file out, as instrumented code is slow.

test("looking for circles is linear: a chain of 100,000 in the worst order", () => {
  const chain = Array.from({ length: 100_000 }, (_, at) => ({
    email: `${at}@x`,
    managerEmail: `${at + 1}@x`,
    attributes: {},
    identities: new Map(),
  })).reverse();
  const started = performance.now();
  expect(circularReference(chain)).toEqual([]);
  expect(performance.now() - started).toBeLessThan(5_000);
});

test("a thousand questions about ten thousand people are quick", () => {
  const near = nearestEmail(Array.from({ length: 10_000 }, (_, at) => `person.${at}@example.com`));
  const started = performance.now();
  for (let at = 0; at < 1_000; at++) near(`persom.${at}@example.com`);
  expect(performance.now() - started).toBeLessThan(10_000);
});
