import fc from "fast-check";
import type { DesiredDeveloper } from "../../provider/roster/developer.js";
import { plan } from "../../provider/roster/plan.js";
import { outsideScope } from "../../provider/roster/rules/outside-scope.js";
import type { Scope } from "../../provider/roster/scope.js";
import { strings } from "../../provider/roster/strings.js";
import { desired, live, policy } from "../support/people.js";

const TODAY = "2026-11-21";
const value = fc.constantFrom("A", "B", "");
const attributes = fc.array(fc.tuple(fc.constantFrom("Team", "Role", "team "), value), { maxLength: 3 });
const people = fc.array(attributes, { minLength: 1, maxLength: 5 }).map((all) =>
  all.map(
    (one, at): DesiredDeveloper => ({
      email: `${at}@example.com`,
      name: "N",
      managerEmail: "",
      // One spelling of a column a person, as the loader has it.
      attributes: strings(
        one.filter(([column], index) => index === one.findIndex(([other]) => key(other) === key(column))),
      ),
      identities: new Map(),
    }),
  ),
);
const scope: fc.Arbitrary<Scope> = fc
  .uniqueArray(fc.tuple(fc.constantFrom("Team", "Role"), fc.uniqueArray(value, { maxLength: 2 })), {
    minLength: 1,
    selector: ([column]) => column,
  })
  .map((entries) => new Map(entries));

function key(column: string): string {
  return column.trim().toLowerCase();
}

function problemsOf(developers: readonly DesiredDeveloper[], owned: Scope, whole = true) {
  return outsideScope(developers, { scope: owned, asOf: TODAY, whole, isManaged: () => true });
}

function isRefused(developers: readonly DesiredDeveloper[], owned: Scope): boolean {
  const { guards } = plan(desired(developers, { scope: owned }), live([]), policy());
  return guards.some(({ name, verdict }) => name === "scope" && verdict === "refused");
}

test("whoever is outside of a scope is refused by a plan too, and nobody else who says all of it", () => {
  let refused = 0;
  fc.assert(
    fc.property(people, scope, fc.boolean(), (developers, owned, whole) => {
      const problems = problemsOf(developers, owned, whole);
      if (problems.length > 0) expect(isRefused(developers, owned)).toBe(true);
      const saysAll = developers.every((one) =>
        [...owned.keys()].every((column) => Object.keys(one.attributes).some((own) => key(own) === key(column))),
      );
      if (saysAll && isRefused(developers, owned)) {
        expect(problems).not.toEqual([]);
        refused++;
      }
    }),
    { numRuns: 2000 },
  );
  expect(refused).toBeGreaterThan(50);
});

test("the order of the developers does not matter", () => {
  fc.assert(
    fc.property(people, scope, (developers, owned) => {
      const said = (list: readonly DesiredDeveloper[]) =>
        problemsOf(list, owned)
          .map(({ message, hint }) => `${message} ${hint}`)
          .sort();
      expect(said([...developers].reverse())).toEqual(said(developers));
    }),
  );
});
