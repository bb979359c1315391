import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadRoster } from "../../provider/source/load-roster";

const people = (count: number): string => {
  const lines = Array.from(
    { length: count },
    (_, at) =>
      `  person-${at}@example.com: { name: "Somebody With A Long Name ${at}", Team: "A team with a long name too" }\n`,
  );
  return `version: 1\ndevelopers:\n${lines.join("")}`;
};

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "sei-parsing-"));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

test("how far a large file is parsed is told again and again, and of a small one nothing", async () => {
  const text = people(10_000);
  expect(text.length).toBeGreaterThan(1_000_000);
  writeFileSync(join(cwd, "many.yaml"), text);
  writeFileSync(join(cwd, "few.yaml"), people(100).replaceAll("person", "other"));
  const told: [string, number][] = [];
  const { roster } = await loadRoster("*.yaml", {
    cwd,
    asOf: "2026-11-21",
    onParsing: (file, share) => told.push([file, share]),
  });
  expect(roster.developers.size).toBe(10_100);
  expect(new Set(told.map(([file]) => file))).toEqual(new Set(["many.yaml"]));
  const shares = told.map(([, share]) => share);
  expect(shares).toHaveLength(11);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares[0]).toBeLessThan(0.01);
  expect(shares.at(-1)).toBeGreaterThan(0.9);
});
