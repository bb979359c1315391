import fc from "fast-check";
import { isApproved, isChecksum } from "../../provider/roster/approved-plan";
import { type Scope, scopeTest } from "../../provider/roster/scope";
import { strings } from "../../provider/roster/strings";
import { tightenScope } from "../../provider/roster/tighten-scope";
import { MAPPING } from "../support/people";

const source = new Map([["Team", ["Billing", "Payments"]]]);

test("a flag narrows: fewer values, one more column, or a scope where there was none", () => {
  expect(tightenScope(source, new Map())).toBe(source);
  expect(tightenScope(null, new Map())).toBeNull();
  expect(tightenScope(source, new Map([["team", ["Billing"]]]))).toEqual(new Map([["Team", ["Billing"]]]));
  expect(tightenScope(source, new Map([["Role", ["x"]]]))).toEqual(
    new Map([
      ["Role", ["x"]],
      ["Team", ["Billing", "Payments"]],
    ]),
  );
  expect(tightenScope(null, new Map([["Team", ["b", "a", "b"]]]))).toEqual(new Map([["Team", ["a", "b"]]]));
  expect(() => tightenScope(source, new Map([["TEAM", ["Billing", "Core"]]]))).toThrow(
    "scope: TEAM=Core is outside of the source's scope (Team: Billing, Payments). Change the source",
  );
});

test("whoever is in the narrowed scope is in the source's", () => {
  const value = fc.constantFrom("a", "b", "c");
  const scope: fc.Arbitrary<Scope> = fc
    .dictionary(fc.constantFrom("Role", "Team"), fc.uniqueArray(value, { minLength: 1 }))
    .map((made) => new Map(Object.entries(made)));
  fc.assert(
    fc.property(fc.option(scope), scope, value, value, (wide, flag, role, team) => {
      const person = {
        attributes: strings([
          ["Role", role],
          ["Team", team],
        ]),
      };
      let narrow: Scope | null;
      try {
        narrow = tightenScope(wide, flag);
      } catch {
        return;
      }
      const isIn = (of: Scope | null) => scopeTest(of, MAPPING).has(person);
      expect(isIn(narrow)).toBe(isIn(wide) && isIn(flag));
    }),
  );
});

test("a plan is named by its checksum or its first 16 digits", () => {
  const sum = "0123456789abcdef".repeat(4);
  const plan = { changes: [{}], checksum: sum };
  for (const good of [sum, sum.slice(0, 16), sum.toUpperCase()]) {
    expect([isChecksum(good), isApproved(plan, ["f".repeat(16), good])]).toEqual([true, true]);
  }
  for (const bad of ["", sum.slice(0, 15), `${sum}0`, "g".repeat(16)]) expect(isChecksum(bad)).toBe(false);
  expect(isApproved(plan, [])).toBe(false);
  expect(isApproved(plan, [sum.slice(1, 20)])).toBe(false);
  expect(isApproved({ ...plan, changes: [] }, [])).toBe(true);
});
