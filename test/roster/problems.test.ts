import type { DesiredDeveloper } from "../../provider/roster/developer.js";
import { circularReference } from "../../provider/roster/rules/circular-reference.js";
import { emptyRoster } from "../../provider/roster/rules/empty-roster.js";
import { limitSyntax, protectSyntax } from "../../provider/roster/rules/guard-syntax.js";
import { previousEmails } from "../../provider/roster/rules/previous-emails.js";

const person = (email: string, rest: Partial<DesiredDeveloper> = {}): DesiredDeveloper => ({
  email,
  attributes: {},
  identities: new Map(),
  ...rest,
});

test("EMPTY_ROSTER is about the roster and about nobody", () => {
  expect(emptyRoster([])).toMatchObject([{ rule: "EMPTY_ROSTER", emails: [], subject: { kind: "roster" } }]);
  expect(emptyRoster([])[0]?.emails).toEqual([]);
  expect(emptyRoster([person("a@x")])).toEqual([]);
});

test.each([[0.5], [-1], ["5"], [null], [Number.NaN], [true], [["5"]]])("minDevelopers: %j is no count", (least) => {
  const [problem, ...others] = limitSyntax({ minDevelopers: least });
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ rule: "INVALID_LIMIT", subject: { kind: "guard", guard: "minDevelopers" } });
  expect(problem?.emails).toEqual([]);
});

test("a minimum of 0 and more is a count", () => {
  for (const least of [0, 1, 10_000, undefined]) expect(limitSyntax({ minDevelopers: least })).toEqual([]);
});

test("what is no address under guards.protect is about nobody, and says which entry it is", () => {
  const [problem, ...others] = protectSyntax({ protect: ["ada@example.com", "ada"] });
  expect(others).toEqual([]);
  expect(problem?.subject).toEqual({ kind: "guard", guard: "protect", item: 1 });
  expect(problem?.emails).toEqual([]);
});

describe("previous addresses", () => {
  const rules = (...people: readonly DesiredDeveloper[]) => previousEmails(people).map(({ rule }) => rule);

  test("are looked at when everybody has some", () => {
    expect(rules(person("a@x", { previousEmails: ["o@x"] }), person("b@x", { previousEmails: ["o@x"] }))).toEqual([
      "PREVIOUS_EMAIL_CLAIMED_TWICE",
    ]);
    expect(rules(person("a@x", { previousEmails: ["a@x"] }))).toEqual(["PREVIOUS_EMAIL_DECLARED"]);
  });

  test("several people without any have none in common", () => {
    expect(rules(person("a@x"), person("b@x"), person("c@x", { previousEmails: ["o@x"] }))).toEqual([]);
  });
});

test("a circle of twelve people is printed whole; of a longer one the rest is counted", () => {
  const circle = (size: number) =>
    Array.from({ length: size }, (_, index) =>
      person(`p${String(index).padStart(2, "0")}@x`, {
        managerEmail: `p${String((index + 1) % size).padStart(2, "0")}@x`,
      }),
    );
  const [twelve] = circularReference(circle(12));
  expect(twelve?.message).not.toContain("more");
  expect(twelve?.message.split(" -> ")).toHaveLength(13);
  const [fourteen] = circularReference(circle(14));
  expect(fourteen?.message).toContain("-> ... (2 more) -> p00@x");
  expect(fourteen?.emails).toHaveLength(14);
});

test("of a circle of long addresses fewer are printed, and two at least", () => {
  const circle = (size: number, letters: number) =>
    Array.from({ length: size }, (_, at) => {
      const email = (index: number) => `${String.fromCharCode(97 + index)}${"x".repeat(letters - 5)}@x.y`;
      return person(email(at), { managerEmail: email((at + 1) % size) });
    });
  const shown = (size: number, letters: number) => {
    const [problem] = circularReference(circle(size, letters));
    return [problem?.message.match(/@x\.y|xxx\.\.\./g)?.length, /\((\d+) more\)/.exec(problem?.message ?? "")?.[1]];
  };
  // The first one stands at the end again.
  expect(shown(9, 50)).toEqual([10, undefined]);
  expect(shown(10, 50)).toEqual([10, "1"]);
  expect(shown(10, 49)).toEqual([10, "1"]);
  expect(shown(13, 20)).toEqual([13, "1"]);
  expect(shown(6, 100)).toEqual([5, "2"]);
  expect(shown(6, 300)).toEqual([5, "2"]);
});

test("what is no limit and no address is shown as it was written, and not too long", () => {
  const [limit] = limitSyntax({ maxDelete: { a: [1] } });
  expect(limit?.message).toContain('it is {"a":[1]}');
  expect(limitSyntax({ maxDelete: Symbol("many") })[0]?.message).toContain("it is Symbol(many)");
  const [person] = protectSyntax({ protect: ["a".repeat(61)] });
  expect(person?.message).toContain(`"${"a".repeat(60)}..." is none`);
});

test("of a circle of many short addresses twelve are printed as well", () => {
  const people = Array.from({ length: 150 }, (_, at) => person(`${at}@x`, { managerEmail: `${(at + 1) % 150}@x` }));
  expect(circularReference(people)[0]?.message).toContain("-> ... (138 more) -> ");
});
