import { loadText, refusal } from "./folder.js";

test("a roster of which nobody is there on the day is empty: the API would refuse it", async () => {
  for (const dates of ["until: 2026-06-30", "from: 2027-06-30"]) {
    const text = `version: 1\ndevelopers: { ada@example.com: { name: Ada, effective: { ${dates} } } }\n`;
    const { findings } = await refusal(loadText(text));
    expect(findings.map(({ rule, message }) => `${rule} ${message}`)).toEqual([
      "EMPTY_ROSTER nobody of the 1 declared is on the roster as of 2026-11-21",
    ]);
  }
});

test("many unknown words among many known ones are found in time", async () => {
  const known = Array.from({ length: 3_000 }, (_, at) => `column ${at}`);
  const slips = Array.from({ length: 3_000 }, (_, at) => `      colunm ${at}: x`);
  const text = `version: 1\nfields: { name: N, email: E, managerEmail: M, attributes: [${known.join(", ")}] }\ndevelopers:\n  ada@example.com:\n    attributes:\n${slips.join("\n")}\n`;
  expect((await refusal(loadText(text))).findings).toHaveLength(3_000);
});

test("a file of nothing but unknown keys is refused in time", async () => {
  const keys = Array.from({ length: 30_000 }, (_, at) => `key${at}: 1`);
  expect((await refusal(loadText(`version: 1\n${keys.join("\n")}\n`))).findings.length).toBeGreaterThan(900);
}, 20_000);
