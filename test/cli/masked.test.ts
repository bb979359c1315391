import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PEOPLE, started } from "../simulator/support.js";
import { CHANGED, WITH_KEY, worldOf } from "./account.js";

// Processes take their time on a busy machine.
jest.setTimeout(60_000);

/** Stands in every text that somebody writes: names, values, reasons, scopes. */
const WORD = "Zebrafink";

const ROSTER = `${CHANGED.replace("Nia Okafor", `Nia ${WORD}`)
  .replace('"Engines"', `${WORD}`)
  .replace("manager: ada@example.com }", `manager: ada@example.com, Team: ${WORD}, identities: { 101: ${WORD} } }`)}
allow:
  - { delete: [alan@example.com], reason: ${WORD} left, until: 2999-12-31 }
  - { update: [ada@example.com], reason: ${WORD} moves, until: 2999-12-31 }
`;

test.each([
  ["passing", ""],
  ["refused by a limit", "guards: { maxUpdate: 0, maxDelete: 0, minDevelopers: 9 }\n"],
  ["refused by a limit beyond its exception", "guards: { maxBlank: 0, maxManagerChange: 0, maxUpdate: 0 }\n"],
  ["outside of a scope", `scope: { Team: [Core, Payments, ${WORD}] }\n`],
])("no word of anybody is in a masked plan: %s", async (_what, more) => {
  const { run, cwd } = worldOf(await started(WITH_KEY, PEOPLE), ROSTER + more);
  const files = ["p.md", "p.html", "p.json", "p.txt"];
  const out = files.flatMap((file) => ["--out", file]);
  const masked = await run("plan", "roster.yaml", "--mask-emails", ...out);
  const named = await run("plan", "roster.yaml");
  expect([named.code, named.out.includes(WORD)]).toEqual([masked.code, true]);
  for (const text of [masked.out, masked.err, ...files.map((file) => readFileSync(join(cwd, file), "utf8"))]) {
    expect(text).not.toContain(WORD);
    expect(text).not.toMatch(/alan|lovelace|turing|okafor/i);
  }
  const drift = await run("drift", "roster.yaml", "--mask-emails");
  expect(`${drift.out}${drift.err}`).not.toContain(WORD);
});
