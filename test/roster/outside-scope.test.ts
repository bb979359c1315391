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

describe("what is said of a scope", () => {
  const person = (login: string, columns: Readonly<Record<string, string>>): DesiredDeveloper => ({
    email: `${login}@example.com`,
    name: "N",
    managerEmail: "",
    attributes: strings(Object.entries(columns)),
    identities: new Map(),
  });
  const teams = (...values: readonly string[]) => values.map((Team, at) => person(`p${at}`, { Team }));
  const said = (
    developers: readonly DesiredDeveloper[],
    entries: readonly [string, readonly string[]][],
    whole = true,
  ) => problemsOf(developers, new Map(entries), whole);

  test("without a value in it: nobody can be, and that is one problem", () => {
    const empty = { rule: "OUTSIDE_SCOPE", emails: [], subject: { kind: "scope", column: "Role" } };
    expect(
      said(teams("A", "B"), [
        ["Team", ["A"]],
        ["Role", []],
      ]),
    ).toMatchObject([
      { ...empty, message: expect.stringContaining('no value of "Role"'), hint: expect.stringMatching(/\S/) },
    ]);
    expect(said([], [["Role", []]])[0]?.emails).toEqual([]);
  });

  test("that nobody fits: the scope is wrong, not the people", () => {
    const [problem, ...others] = said(teams("B", "C"), [["Team", ["Payments"]]]);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      message: 'none of the 2 declared developers can be in this scope: Team: "Payments"',
      hint: "correct the values, or declare these developers in the roster whose scope they are in",
      subject: { kind: "scope", column: "Team" },
    });
    expect(problem?.emails).toEqual([]);
  });

  test("that one person alone does not fit, or one of a source that could not be read whole: the person is shown", () => {
    const shown = (developers: readonly DesiredDeveloper[], whole: boolean) =>
      said(developers, [["Team", ["A"]]], whole).map(({ emails, subject }) => [emails[0], subject.kind]);
    expect(shown(teams("B"), true)).toEqual([["p0@example.com", "attribute"]]);
    expect(shown(teams("B", "C"), false)).toEqual([
      ["p0@example.com", "attribute"],
      ["p1@example.com", "attribute"],
    ]);
    expect(shown(teams("B", "A"), true)).toEqual([["p0@example.com", "attribute"]]);
  });

  test("of two columns that nobody fits, what is meant is looked for among the values of the one that is shown", () => {
    const developers = [person("a", { Team: "A", Role: "Paymants" }), person("b", { Team: "Payments" })];
    const scope: [string, readonly string[]][] = [
      ["Role", ["Paymenst"]],
      ["Team", ["A"]],
    ];
    const [problem, ...others] = said(developers, scope);
    expect(others).toEqual([]);
    expect([problem?.subject, problem?.hint]).toEqual([{ kind: "scope", column: "Role" }, 'did you mean "Paymants"?']);
  });

  test("the column as the developer spells it; the value when only case or spaces differ", () => {
    const [problem] = said(
      [person("a", { "home team": " payments" }), person("b", { "Home Team": "Payments" })],
      [["Home Team", ["Payments", "Billing"]]],
    );
    expect(problem).toEqual({
      rule: "OUTSIDE_SCOPE",
      message:
        'a@example.com is outside of this roster\'s scope (Home Team: "Payments", "Billing"): home team is " payments"',
      hint: 'did you mean "Payments"? Else declare them in the roster whose scope they are in, or give them a value of this scope',
      emails: ["a@example.com"],
      subject: { kind: "attribute", index: 0, column: "home team" },
    });
  });

  test("of several values that could be meant it is one, in whatever order they come", () => {
    for (const values of [
      ["payments", "PAYMENTS"],
      ["PAYMENTS", "payments"],
    ]) {
      expect(said(teams(...values), [["Team", ["Payments"]]])[0]?.hint).toBe('did you mean "PAYMENTS"?');
    }
  });

  test("who does not declare the column may have the right value live", () => {
    expect(said([person("a", { Role: "R" }), person("b", {})], [["Team", ["A"]]])).toEqual([]);
  });
});
