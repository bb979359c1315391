import { emailHint, meansNobody } from "../../provider/roster/rules/email-hint.js";

test.each([
  ["a link", "mailto:ada@example.com", "did you mean ada@example.com, without mailto: before it?"],
  ["a link in capitals", " MAILTO:Ada@example.com ", "did you mean ada@example.com, without mailto: before it?"],
  [
    "a link with the end of its line",
    "mailto:ada@example.com\t\n",
    "did you mean ada@example.com, without mailto: before it?",
  ],
  ["a link to nobody", "mailto:ada", "write it without mailto: before it"],
  [
    "an invisible character",
    "ada\u200b@example.com",
    "did you mean ada@example.com, without the invisible U+200B in it?",
  ],
  [
    "white space around an invisible one",
    "ada@example.com \u200b",
    "did you mean ada@example.com, without the invisible U+200B in it?",
  ],
  [
    "several, each once",
    "a\u200bd\u00ada\u200b@example.com",
    "did you mean ada@example.com, without the invisible U+200B and U+00AD in it?",
  ],
  [
    "more than anybody counts",
    "a\u200bd\u00ada\u0007@example\u2060.com",
    "did you mean ada@example.com, without the invisible U+200B and U+00AD and U+0007 in it?",
  ],
  [
    "both",
    "mailto:ada\u200b@example.com",
    "did you mean ada@example.com, without the invisible U+200B in it and mailto: before it?",
  ],
  ["a name beside it", "Ada L. <Ada@Example.com>", "did you mean ada@example.com, without what stands around it?"],
  ["several", "ada@example.com; bob@example.com", "these are 2 addresses; write one of them"],
  [
    "several with words between",
    "ada@example.com / bob@example.com,  cy@example.com;",
    "these are 3 addresses; write one of them",
  ],
])("what is meant by %s", (_name, written, hint) => {
  expect(emailHint(written)).toBe(hint);
});

test.each([
  "ada",
  "",
  "ada at example.com",
  "ada@example.com or so",
  "Ada <ada>",
  "Ada <ada@example.com> (work)",
  "> Ada <ada@example.com>",
  "see mailto:ada@example.com",
  "ada@",
  "ada@@example.com;",
  "ada@example.com;",
])("nothing is guessed of %j", (written) => {
  expect(emailHint(written)).toBeUndefined();
});

test("how people write that there is no manager", () => {
  for (const nobody of [
    "null",
    "None",
    " NIL ",
    "nobody",
    "No one",
    "N/A",
    "na",
    "#N/A",
    "n.a.",
    "-",
    "---",
    "–",
    "—",
    "~",
    "undefined",
  ]) {
    expect([nobody, meansNobody(nobody)]).toEqual([nobody, true]);
  }
  for (const somebody of [
    "",
    "ada@example.com",
    "nonet",
    "anna",
    "annul",
    "no",
    "-x",
    "x-",
    "nil@example.com",
    "n-a",
  ]) {
    expect([somebody, meansNobody(somebody)]).toEqual([somebody, false]);
  }
});
