import { canonicalRoster, parseCanonicalRoster } from "../../provider/roster/canonical-roster.js";
import { at, declare, desired, dev } from "../support/people.js";

test("previous addresses are a set: their order does not matter", () => {
  const roster = (...former: string[]) => desired([{ ...declare(dev("ada")), previousEmails: former.map(at) }]);
  expect(canonicalRoster(roster("b", "c", "a"))).toBe(canonicalRoster(roster("a", "b", "c")));
  const read = parseCanonicalRoster(canonicalRoster(roster("b", "a")));
  expect(read.developers.get(at("ada"))?.previousEmails).toEqual(["a", "b"].map(at));
});

test.each(["null", "{}", '{"version":1}', '{"version":3,"developers":[]}'])(
  "%s is of another version, and that is said",
  (text) => {
    expect(() => parseCanonicalRoster(text)).toThrow("it was written by another version of the package");
  },
);
