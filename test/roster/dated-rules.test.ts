import fc from "fast-check";
import type { DesiredDeveloper } from "../../provider/roster/developer.js";
import type { Effective } from "../../provider/roster/effective.js";
import { datesRunBackwards } from "../../provider/roster/rules/dates-run-backwards.js";
import { editDistance } from "../../provider/roster/rules/edit-distance.js";
import { managerAbsent } from "../../provider/roster/rules/manager-absent.js";
import { nearest } from "../../provider/roster/rules/nearest.js";
import { nearestEmail } from "../../provider/roster/rules/nearest-email.js";
import { previousEmails } from "../../provider/roster/rules/previous-emails.js";
import { integrationId } from "../../provider/roster/rules/unknown-integration.js";

function person(email: string, rest: Partial<DesiredDeveloper> = {}): DesiredDeveloper {
  return { email, attributes: {}, identities: new Map(), ...rest };
}

test("DATES_RUN_BACKWARDS: joining and leaving on one day is fine", () => {
  const of = (effective: Effective) => datesRunBackwards([person("z@x"), person("a@x", { effective })]);
  expect(of({ from: "2026-03-02", until: "2026-03-01" })).toMatchObject([
    { rule: "DATES_RUN_BACKWARDS", emails: ["a@x"], subject: { kind: "effective", index: 1 } },
  ]);
  for (const fine of [
    { from: "2026-03-01", until: "2026-03-01" },
    { from: "2026-03-02" },
    { until: "2026-03-01" },
    {},
  ] as const) {
    expect(of(fine)).toEqual([]);
  }
});

describe("a manager is there on every day that a report is", () => {
  const rules = (manager: Effective | undefined, report: Effective | undefined) =>
    managerAbsent([
      person("r@x", { managerEmail: "m@x", ...(report !== undefined && { effective: report }) }),
      person("m@x", { managerEmail: "", ...(manager !== undefined && { effective: manager }) }),
      person("free@x"),
    ]).map(({ rule }) => rule.replace("MANAGER_", ""));

  test.each([
    [undefined, undefined, []],
    [undefined, { from: "2026-01-01", until: "2026-12-31" }, []],
    [{ until: "2026-06-30" }, undefined, ["LEAVES_FIRST"]],
    [{ until: "2026-06-30" }, {}, ["LEAVES_FIRST"]],
    [{ until: "2026-06-30" }, { until: "2026-07-01" }, ["LEAVES_FIRST"]],
    [{ until: "2026-06-30" }, { until: "2026-06-30" }, []],
    [{ until: "2026-06-30" }, { until: "2026-06-29" }, []],
    [{ from: "2026-06-01" }, undefined, ["JOINS_LATER"]],
    [{ from: "2026-06-01" }, { from: "2026-05-31" }, ["JOINS_LATER"]],
    [{ from: "2026-06-01" }, { from: "2026-06-01" }, []],
    [{ from: "2026-06-01" }, { from: "2026-06-02" }, []],
    [{ from: "2026-06-01", until: "2026-06-30" }, {}, ["LEAVES_FIRST", "JOINS_LATER"]],
  ] as const)("manager %j, report %j: %j", (manager, report, expected) => {
    expect(rules(manager, report)).toEqual(expected);
  });

  test("says who and when", () => {
    const of = (effective: Effective) =>
      managerAbsent([
        person("m@x", { effective: { from: "2026-06-01", until: "2026-06-30" } }),
        person("r@x", { managerEmail: "m@x", effective }),
      ]);
    expect(of({})).toEqual([
      {
        rule: "MANAGER_LEAVES_FIRST",
        message: "m@x, the manager of r@x, leaves on 2026-06-30, and r@x stays",
        hint: "name another manager, or let both leave on the same day",
        emails: ["r@x", "m@x"],
        subject: { kind: "manager", index: 1 },
      },
      {
        rule: "MANAGER_JOINS_LATER",
        message: "m@x, the manager of r@x, joins on 2026-06-01, and r@x is there already",
        hint: "name another manager until then; change it in a pull request of its own on the day",
        emails: ["r@x", "m@x"],
        subject: { kind: "manager", index: 1 },
      },
    ]);
    expect(of({ from: "2026-05-01", until: "2026-07-01" }).map(({ message }) => message)).toEqual([
      "m@x, the manager of r@x, leaves on 2026-06-30, and r@x stays until 2026-07-01",
      "m@x, the manager of r@x, joins on 2026-06-01, and r@x joins on 2026-05-01",
    ]);
  });

  test("a manager who is not declared is another rule's", () => {
    expect(managerAbsent([person("r@x", { managerEmail: "m@x", effective: { until: "2026-06-30" } })])).toEqual([]);
  });
});

describe("previous addresses", () => {
  const former = (email: string, ...previous: string[]) => person(email, { previousEmails: previous });

  test("belong to nobody else, and not to oneself", () => {
    expect(previousEmails([former("a@x", "z@x"), person("b@x"), former("c@x", "y@x", "b@x", "c@x")])).toMatchObject([
      {
        rule: "PREVIOUS_EMAIL_DECLARED",
        message: "b@x is a previous address of c@x, and a developer of its own too",
        emails: ["c@x", "b@x"],
        subject: { kind: "previousEmail", index: 2, item: 1 },
        other: { kind: "developer", index: 1 },
      },
      {
        rule: "PREVIOUS_EMAIL_DECLARED",
        message: "c@x is the address of c@x today, and no previous one",
        subject: { kind: "previousEmail", index: 2, item: 2 },
      },
    ]);
  });

  test("belong to one person; twice at one person is once", () => {
    expect(previousEmails([former("a@x", "z@x", "z@x"), person("b@x"), former("c@x", "z@x")])).toEqual([
      {
        rule: "PREVIOUS_EMAIL_CLAIMED_TWICE",
        message: "z@x is a previous address of a@x and of c@x",
        hint: "it can only have been the address of one of them",
        emails: ["a@x", "c@x"],
        subject: { kind: "previousEmail", index: 2, item: 0 },
        other: { kind: "previousEmail", index: 0, item: 0 },
      },
    ]);
  });
});

/** Optimal string alignment, as the textbook has it. */
function reference(a: string, b: string): number {
  const [first, second] = [a.slice(0, 1), b.slice(0, 1)];
  if (a === "" || b === "") return a.length + b.length;
  const swapped = a.length > 1 && b.length > 1 && first === b[1] && a[1] === second;
  return Math.min(
    reference(a.slice(1), b) + 1,
    reference(a, b.slice(1)) + 1,
    reference(a.slice(1), b.slice(1)) + (first === second ? 0 : 1),
    swapped ? reference(a.slice(2), b.slice(2)) + 1 : Number.POSITIVE_INFINITY,
  );
}

describe("suggestions", () => {
  test("the edit distance is the textbook's, cut at the most", () => {
    const word = fc.stringMatching(/^[ab]{0,5}$|^[a-d]{0,4}$/);
    fc.assert(
      fc.property(word, word, fc.nat(4), (a, b, most) => {
        expect(editDistance(a, b, most)).toBe(Math.min(reference(a, b), most + 1));
      }),
      { numRuns: 300 },
    );
    for (const [a, b] of [
      ["ab", "ba"],
      ["xab", "xba"],
      ["abx", "bax"],
      ["aab", "aba"],
      ["abab", "baba"],
      ["abc", "cab"],
      ["ca", "abc"],
      ["ac", "cb"],
      ["bc", "ca"],
    ] as const) {
      expect([a, b, editDistance(a, b, 4)]).toEqual([a, b, reference(a, b)]);
    }
  });

  test("a word: two slips in a long one, one in a short one, the nearest, the first of several", () => {
    expect(nearest("manager", ["manaxxr", "mangerx"])).toBe("manaxxr");
    expect(nearest("abcdef", ["abcdxx"])).toBe("abcdxx");
    expect(nearest("abcde", ["abcxx"])).toBeNull();
    expect(nearest("abcde", ["abcdxx"])).toBeNull();
    expect(nearest("abcdef", ["abcde"])).toBe("abcde");
    expect(nearest("abcdef", ["abcdxx", "abcdex"])).toBe("abcdex");
    expect(nearest("abcdef", ["abcdey", "abcdex"])).toBe("abcdex");
    expect(nearest("x".repeat(100), ["x".repeat(99)])).toBe("x".repeat(99));
    expect(nearest("x".repeat(101), ["x".repeat(100)])).toBeNull();
  });

  test("an address: two letters away, the nearest and first one, or the same mailbox elsewhere", () => {
    const near = (asked: string, ...emails: string[]) => nearestEmail(emails)(asked);
    expect(near("grcae@example.com", "grace@example.com")).toBe("grace@example.com");
    expect(near("grac@example.com", "grace@example.com")).toBe("grace@example.com");
    expect(near("ggrace@example.com", "grace@example.com")).toBe("grace@example.com");
    expect(near("grace@example.co", "grace@example.com")).toBe("grace@example.com");
    expect(near("brace@example.com", "trace@example.com", "grace@example.com")).toBe("grace@example.com");
    expect(near("grace@example.com", "gracee@example.com", "grace@example.com")).toBe("grace@example.com");
    expect(near("grace@other.org", "gracie@example.com", "grace@example.com")).toBe("grace@example.com");
    expect(near("grace@other.org", "grac@example.com")).toBeNull();
    expect(near("linus@example.com", "grace@example.com")).toBeNull();
    const long = (length: number) => `${"x".repeat(length - 2)}@y`;
    expect(near(long(100), `a${long(99)}`)).toBe(`a${long(99)}`);
    expect(near(long(101), long(100))).toBeNull();
    expect(near(long(100), long(101))).toBeNull();
  });

  test("integrations: at most ten are named", () => {
    const known = (count: number) =>
      new Map(Array.from({ length: count }, (_, index) => [`integration-${index}`, index + 1]));
    const hint = (count: number) => {
      const found = integrationId("x", known(count));
      return typeof found === "number" ? found : found.hint;
    };
    const ten = [...known(10).keys()].join(", ");
    expect(hint(10)).toBe(`declared: ${ten}; or write the integrationId`);
    expect(hint(11)).toBe(`declared: ${ten}, ... (1 more); or write the integrationId`);
    expect(hint(0)).toBe("declare it: integrations: { x: <its integrationId> }, or write the integrationId");
    expect(integrationId("10x", new Map())).toMatchObject({ rule: "UNKNOWN_INTEGRATION" });
  });
});
