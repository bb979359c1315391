import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { csvOf, emailOf, type Unusual, yamlOf } from "./rosters";
import { beginCounting, stepsOf } from "./steps";

// Speed without a clock: how the work grows from one size to ten times that. Linear is 10, sorting adds a little to it,
// and one quadratic step is some 100. What V8 counts is a little else from one of its versions to the next.
const MOST = 20;

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), "sei-counts-"));
// What is counted is loaded after counting has begun.
beforeAll(beginCounting);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const options = { asOf: "2026-11-21" } as const;

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The least size, and ten times that. */
type Sizes<T> = readonly [small: T, large: T];

async function growth([small, large]: Sizes<() => unknown>): Promise<number> {
  const least = await stepsOf(small);
  // Else nothing was counted at all.
  expect(least).toBeGreaterThan(10);
  return (await stepsOf(large)) / least;
}

const ROSTERS: Readonly<Record<string, Unusual>> = {
  "a tree": {},
  "a chain of managers": { manager: (at) => (at === 0 ? "" : emailOf(at - 1)) },
  "one manager of all": { manager: (at) => (at === 0 ? "" : emailOf(0)) },
  "circles of two": { manager: (at) => emailOf(at ^ 1) },
  "everybody twice": { email: (at) => emailOf(at >> 1) },
  "nobody's manager is there": { manager: (at) => `persom.${at}@example.com` },
};

test.each(Object.entries(ROSTERS))("validation of a CSV is linear: %s", async (_name, unusual) => {
  const { validateSource } = await import("../../provider/source/findings/validation.js");
  const { findingsAsText } = await import("../../provider/source/findings/findings-as-text.js");
  const validate = (size: number) => {
    const path = file(`${size}.csv`, csvOf(size, unusual));
    return async () => findingsAsText(await validateSource([path], options), { all: true, quiet: false });
  };
  expect(await growth([validate(300), validate(3_000)])).toBeLessThan(MOST);
});

test("validation and format of YAML are linear", async () => {
  const { validateSource } = await import("../../provider/source/findings/validation.js");
  const { formatFile } = await import("../../provider/source/format/format-file.js");
  const [small, large] = [200, 2_000].map((size) => file(`${size}.yaml`, yamlOf(size))) as [string, string];
  const validate = (path: string) => () => validateSource([path], options);
  expect(await growth([validate(small), validate(large)])).toBeLessThan(MOST);
  const format = (path: string) => () => formatFile({ path, file: path }, { write: false, maxFileSize: 2 ** 25 });
  expect(await growth([format(small), format(large)])).toBeLessThan(MOST);
});

const PLANS: Readonly<Record<string, readonly [before: Unusual, after: Unusual]>> = {
  "nothing differs": [{}, {}],
  "everybody gets another manager": [{}, { manager: (at) => (at === 0 ? "" : emailOf(0)) }],
  "everybody leaves, and others of the same names join": [
    {},
    { email: (at) => `new.${at}@example.com`, manager: (at) => (at === 0 ? "" : "new.0@example.com") },
  ],
  "a chain of managers is turned over": [
    { manager: (at) => (at === 0 ? "" : emailOf(at - 1)) },
    { manager: (at, count) => (at === count - 1 ? "" : emailOf(at + 1)) },
  ],
};

test.each(Object.entries(PLANS))("a plan and its reports are linear: %s", async (_name, [before, after]) => {
  const { loadRoster } = await import("../../provider/source/load-roster.js");
  const { planAgainst } = await import("../../provider/cli/plan-against.js");
  const { planReport } = await import("../../provider/cli/plan-report.js");
  const load = async (size: number, unusual: Unusual) =>
    (await loadRoster(file("people.csv", csvOf(size, unusual)), options)).roster;
  const planning = async (size: number) => {
    const wanted = { prune: "all", strategy: "auto", guards: {} } as const;
    const [base, desired] = [await load(size, before), await load(size, after)];
    return () => planAgainst({ desired, wanted, guardsAt: null }, base);
  };
  const [small, large] = [await planning(300), await planning(3_000)];
  expect(await growth([small, large])).toBeLessThan(MOST);
  const plans = [small(), large()] as const;
  for (const format of ["text", "markdown", "json", "html"] as const) {
    const [less, more] = plans.map((planned) => () => {
      return planReport(format, { planned, kind: "plan", command: null }, { people: "names", all: true });
    }) as [() => unknown, () => unknown];
    const grown = await growth([less, more]);
    expect(`${format}: ${grown < MOST ? "linear" : grown}`).toBe(`${format}: linear`);
  }
});
