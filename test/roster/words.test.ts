import { GENERATIONS, howToSet } from "../../provider/roster/generation.js";
import { brief, listed, printable, quoted } from "../../provider/roster/shown.js";
import { targetText } from "../../provider/roster/target.js";

test("a target in words: the account only where one is named", () => {
  const endpoint = "https://app.harness.io/prod1/sei/api";
  expect(targetText({ endpoint, account: "" })).toBe(endpoint);
  expect(targetText({ endpoint, account: "a1" })).toBe(`${endpoint} (account a1)`);
});

test.each(["v2", "previous"] as const)(
  "how to say that an account is of generation %s, wherever one is",
  (generation) => {
    expect(GENERATIONS).toContain(generation);
    for (const way of ["generation: X", "--generation X", "SEI_GENERATION=X", "harness-sei:generation X`"]) {
      expect(howToSet(generation)).toContain(way.replace("X", generation));
    }
  },
);

test("a long text is cut, and never inside of a character", () => {
  const face = "\u{1f600}";
  expect(brief("a".repeat(100))).toBe("a".repeat(100));
  expect(brief("a".repeat(101))).toBe(`${"a".repeat(100)}...`);
  expect(brief(`${"a".repeat(99)}${face}b`)).toBe(`${"a".repeat(99)}...`);
  expect(brief(`${"a".repeat(98)}${face}b`)).toBe(`${"a".repeat(98)}${face}...`);
  expect(brief(`${face}${"a".repeat(100)}`)).toBe(`${face}${"a".repeat(98)}...`);
  expect(brief("abc", 2)).toBe("ab...");
  expect(quoted("a".repeat(61))).toBe(`"${"a".repeat(60)}..."`);
});

test("what nobody sees is shown, on one line", () => {
  expect(quoted('say "hi"\n')).toBe('"say \\"hi\\"\\n"');
  expect(printable("a\u200bb\u0007")).toBe("a\\u200bb\\u0007");
  expect(printable("\u0000")).toBe("\\u0000");
});

test("of many names the first ones are listed, and the others are counted", () => {
  const names = ["a", "b", "c"];
  expect(listed(names, quoted)).toBe('"a", "b", "c"');
  expect(listed(names, quoted, 3)).toBe('"a", "b", "c"');
  expect(listed(names, quoted, 2)).toBe('"a", "b", ... (1 more)');
  expect(listed(["a".repeat(31)], quoted)).toBe(`"${"a".repeat(30)}..."`);
});
