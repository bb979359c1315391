import fc from "fast-check";
import type { DesiredDeveloper } from "../../provider/roster/developer.js";
import { emailKey, isEmail } from "../../provider/roster/email.js";
import { checkDevelopers } from "../../provider/roster/rules/check-developers.js";
import { circularReference } from "../../provider/roster/rules/circular-reference.js";
import { duplicateColumn } from "../../provider/roster/rules/duplicate-column.js";
import { duplicateEmail } from "../../provider/roster/rules/duplicate-email.js";
import { editDistance } from "../../provider/roster/rules/edit-distance.js";
import { emptyRoster } from "../../provider/roster/rules/empty-roster.js";
import { limitSyntax, protectSyntax } from "../../provider/roster/rules/guard-syntax.js";
import { identityClaimedTwice } from "../../provider/roster/rules/identity-claimed-twice.js";
import { managerEmailMissing } from "../../provider/roster/rules/manager-email-missing.js";
import { nearest } from "../../provider/roster/rules/nearest.js";
import { nearestEmail } from "../../provider/roster/rules/nearest-email.js";
import { requiredValueMissing } from "../../provider/roster/rules/required-value-missing.js";
import { integrationId } from "../../provider/roster/rules/unknown-integration.js";

const PART = { whole: false, scoped: false };

function person(email: string, rest: Partial<DesiredDeveloper> = {}): DesiredDeveloper {
  return { email, attributes: {}, identities: new Map(), ...rest };
}

/** Who reports to whom, by letters: `chart("ab", "bc")` is a -> b -> c. */
function chart(...edges: string[]): readonly DesiredDeveloper[] {
  return edges.map(([from, to]) => person(`${from}@x`, to === undefined ? {} : { managerEmail: `${to}@x` }));
}

test("DUPLICATE_EMAIL names every copy after the first", () => {
  const problems = duplicateEmail([person("a@x"), person("b@x"), person("a@x"), person("a@x")]);
  expect(problems.map(({ emails, subject, other }) => [emails, subject, other])).toEqual([
    [["a@x"], { kind: "developer", index: 2 }, { kind: "developer", index: 0 }],
    [["a@x"], { kind: "developer", index: 3 }, { kind: "developer", index: 0 }],
  ]);
});

test("REQUIRED_VALUE_MISSING is a blank name, not one left out", () => {
  const problems = requiredValueMissing([
    person("a@x"),
    person("b@x", { name: "" }),
    person("c@x", { name: " \t" }),
    person("d@x", { name: "D" }),
  ]);
  expect(problems.map(({ emails }) => emails)).toEqual([["b@x"], ["c@x"]]);
});

describe("MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS", () => {
  test("is a manager who is not declared; none and cleared are fine", () => {
    const problems = managerEmailMissing([
      person("a@x", { managerEmail: "z@x" }),
      person("b@x", { managerEmail: "" }),
      person("c@x", { managerEmail: "b@x" }),
    ]);
    expect(problems.map(({ emails }) => emails)).toEqual([["a@x", "z@x"]]);
  });

  test("does not suggest that somebody is their own manager", () => {
    const [problem] = managerEmailMissing([person("ada@example.com", { managerEmail: "ada@example.co" })]);
    expect(problem?.hint).toBe("declare the manager as a developer too, or name another one");
  });
});

describe("CIRCULAR_REFERENCE", () => {
  test.each([
    ["nobody", chart("a"), []],
    ["a chain", chart("ab", "bc", "c"), []],
    ["oneself", chart("aa"), [["a@x"]]],
    ["two", chart("ba", "ab"), [["a@x", "b@x"]]],
    ["three, with a tail into it", chart("dc", "cb", "ba", "ac"), [["a@x", "c@x", "b@x"]]],
    [
      "two circles",
      chart("ab", "ba", "cd", "dc"),
      [
        ["a@x", "b@x"],
        ["c@x", "d@x"],
      ],
    ],
    ["a manager who is not declared", chart("ab"), []],
  ])("%s", (_, developers, expected) => {
    expect(circularReference(developers).map(({ emails }) => emails)).toEqual(expected);
  });

  test("is found exactly when walking up never ends, once for each circle", () => {
    const graph = fc.array(fc.option(fc.nat(11), { nil: undefined }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(graph, (managers) => {
        const developers = managers.map((manager, at) =>
          person(`${at}@x`, manager === undefined ? {} : { managerEmail: `${manager}@x` }),
        );
        const found = circularReference(developers).flatMap(({ emails }) => emails);
        const inCircle = managers.flatMap((_, start) => {
          let at: number | undefined = start;
          for (let step = 0; step < 12 && at !== undefined; step++) {
            at = managers[at];
            if (at === start) return [`${start}@x`];
          }
          return [];
        });
        expect([...found].sort()).toEqual(inCircle.sort());
      }),
    );
  });
});

test("IDENTITY_CLAIMED_TWICE is one id of one integration at two people", () => {
  const ids = (...pairs: [number, string][]) => ({ identities: new Map(pairs) });
  const problems = identityClaimedTwice([
    person("a@x", ids([1, "a"], [2, "a"])),
    person("b@x", ids([1, "b"], [2, "A"])),
    person("c@x", ids([1, "a"])),
    person("a@x", ids([1, "a"])),
  ]);
  expect(problems.map(({ emails }) => emails)).toEqual([["a@x", "c@x"]]);
});

test("UNKNOWN_INTEGRATION", () => {
  const known = new Map([
    ["github", 101],
    ["jira", 102],
  ]);
  expect(integrationId("github", known)).toBe(101);
  expect(integrationId("103", known)).toBe(103);
  for (const name of ["0", "01", "-1", "1.5", "99999999999999999999", "slack", "constructor"]) {
    expect(integrationId(name, known)).toMatchObject({ rule: "UNKNOWN_INTEGRATION" });
  }
  expect(integrationId("Github", known)).toMatchObject({ hint: 'did you mean "github"?' });
});

test("EMPTY_ROSTER, and only when the whole source was read", () => {
  expect(emptyRoster([]).map(({ rule }) => rule)).toEqual(["EMPTY_ROSTER"]);
  expect(emptyRoster([person("a@x")])).toEqual([]);
  expect(checkDevelopers([], PART)).toEqual([]);
  expect(checkDevelopers(chart("ab"), PART)).toEqual([]);
  expect(checkDevelopers(chart("ab"), { whole: true, scoped: false })).toHaveLength(1);
});

test("DUPLICATE_COLUMN", () => {
  const mapping = {
    name: "Name",
    email: "Email",
    managerEmail: "Manager Email",
    attributes: ["Team", "manager_email", "Team"],
  };
  expect(duplicateColumn(mapping).map(({ position }) => position)).toEqual([4, 5]);
  expect(duplicateColumn({ ...mapping, attributes: ["Team", "Sub Team"] })).toEqual([]);
});

test("INVALID_LIMIT and INVALID_EMAIL of guards", () => {
  const fine = {
    maxDelete: 0,
    maxUpdate: "10%",
    maxBlank: "0.5%",
    maxManagerChange: "100%",
    minDevelopers: 0,
    protect: [" A@x "],
  };
  expect([...limitSyntax(fine), ...protectSyntax(fine)]).toEqual([]);
  for (const wrong of [-1, 1.5, "10", "10 %", "101%", "-1%", "ten", null, true]) {
    expect(limitSyntax({ maxDelete: wrong }).map(({ subject }) => subject)).toEqual([
      { kind: "guard", guard: "maxDelete" },
    ]);
  }
  expect(limitSyntax({ minDevelopers: "10%" })).toHaveLength(1);
  expect(protectSyntax({ protect: ["a@x", "a", 7] }).map(({ subject }) => subject)).toEqual([
    { kind: "guard", guard: "protect", item: 1 },
    { kind: "guard", guard: "protect", item: 2 },
  ]);
});

describe("suggestions", () => {
  test("edit distance", () => {
    const cases: [string, string, number][] = [
      ["", "", 0],
      ["a", "", 1],
      ["manger", "manager", 1],
      ["naem", "name", 1],
      ["team", "manager", 3],
      ["abcd", "badc", 2],
    ];
    for (const [a, b, distance] of cases) {
      expect([a, b, editDistance(a, b, 2)]).toEqual([a, b, distance]);
      expect(editDistance(b, a, 2)).toBe(distance);
    }
  });

  test("nearest is careful with short words", () => {
    expect(nearest("Frame", ["name"])).toBeNull();
    expect(nearest("NMAE", ["name"])).toBe("name");
    expect(nearest("indentities", ["identities", "attributes"])).toBe("identities");
    expect(nearest("x".repeat(1000), ["name"])).toBeNull();
  });

  test("the nearest email is found through the index as by comparing all", () => {
    const email = fc.stringMatching(/^[a-c]{1,4}@[xy]$/);
    fc.assert(
      fc.property(fc.uniqueArray(email, { minLength: 1, maxLength: 30 }), email, (emails, asked) => {
        const found = nearestEmail(emails)(asked);
        const one = emails.some((candidate) => editDistance(asked, candidate, 1) <= 1);
        if (one) expect(editDistance(asked, found ?? "", 1)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

test("an email is an email whatever its case and spaces", () => {
  expect(isEmail(emailKey(" A@X "))).toBe(true);
});
