import { type Allowance, allowanceOf, isInForce } from "../../provider/roster/allowance.js";
import { isApproved } from "../../provider/roster/approved-plan.js";

const SUM = "0123456789abcdef".repeat(4);
const allow = (reason: string, plan?: string): Allowance => ({
  people: {},
  reason,
  until: "2026-12-31",
  ...(plan === undefined ? {} : { plan }),
});

test("an exception counts on its last day, and not on the day after", () => {
  expect(isInForce(allow("x"), "2026-12-30")).toBe(true);
  expect(isInForce(allow("x"), "2026-12-31")).toBe(true);
  expect(isInForce(allow("x"), "2027-01-01")).toBe(false);
});

test("of several exceptions that name a plan the first by its reason is given, in whatever order they come", () => {
  const some = [allow("b", SUM), allow("c", SUM.slice(0, 16)), allow("a", SUM), allow("A"), allow("0", "ffff")];
  expect(allowanceOf(some, SUM)?.reason).toBe("a");
  expect(allowanceOf([...some].reverse(), SUM)?.reason).toBe("a");
  expect(allowanceOf(some.slice(3), SUM)).toBeUndefined();
});

test("a plan is approved by its first digits, not by others of it", () => {
  const plan = { changes: [1], checksum: SUM };
  const other = { changes: [1], checksum: "a".repeat(32) + "b".repeat(32) };
  expect(isApproved(plan, [SUM.slice(0, 16)])).toBe(true);
  expect(isApproved(plan, [SUM.slice(0, 16).toUpperCase()])).toBe(true);
  expect(isApproved(other, ["b".repeat(16)])).toBe(false);
  expect(isApproved(plan, [])).toBe(false);
  expect(isApproved({ ...plan, changes: [] }, [])).toBe(true);
});
