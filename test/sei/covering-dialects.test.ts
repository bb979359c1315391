import { type Dialect, startSimulator } from "../../provider/simulator/simulator.js";
import { openContract, type Peculiarities } from "./contract.js";
import { coveringDialects, DOMAINS, IMPOSSIBLE } from "./covering-dialects.js";
import { peculiaritiesOf } from "./peculiarities.js";

const INTEGRATIONS = [
  { id: 101, type: "GITHUB" },
  { id: 102, type: "JIRA" },
] as const;
const USUAL = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team", "Site"] };

/** 3: every triple, which takes many minutes. */
const STRENGTH = Number(process.env["COVERING_STRENGTH"] ?? 2);
const DIALECTS = coveringDialects(STRENGTH);

jest.setTimeout(120_000);

/** What the life of an account is to differ in besides the dialect. */
function settingsOf(at: number, dialect: Dialect): Peculiarities {
  const speaksPrevious = dialect.generations === "previous" || (dialect.generations === "both" && at % 4 >= 2);
  return {
    ...peculiaritiesOf(dialect),
    ...(at % 2 === 0 ? {} : { mapping: USUAL }),
    generation: speaksPrevious ? "previous" : "v2",
  };
}

async function live(at: number, dialect: Dialect): Promise<void> {
  const { url, stop } = await startSimulator({ dialect, integrations: INTEGRATIONS });
  const contract = openContract({ url, apiKey: "simulator", close: stop }, settingsOf(at, dialect));
  let step = "";
  try {
    for (const { name, run } of contract.steps) {
      step = name;
      await run();
    }
  } catch (error) {
    // Which of the entries it is, the error alone does not say.
    if (error instanceof Error) error.message = `${step}: ${error.message}\n${JSON.stringify(dialect)}`;
    throw error;
  } finally {
    await contract.close();
  }
}

test.concurrent.each(DIALECTS.map((dialect, at) => [at + 1, dialect] as const))(
  "the life of an account in dialect %i of the covering array",
  live,
);

describe("the covering array", () => {
  const text = (value: unknown) => JSON.stringify(value);
  const pairIn = (dialect: Dialect, a: keyof Dialect, b: keyof Dialect) => `${text(dialect[a])} ${text(dialect[b])}`;
  const isPossible = (dialect: Partial<Dialect>) =>
    !IMPOSSIBLE.some(({ together }) =>
      Object.entries(together).every(([entry, values]) =>
        values.some((value: unknown) => text(value) === text(dialect[entry as keyof Dialect])),
      ),
    );

  test("has every value of any two entries together, and nothing impossible", () => {
    const missing: string[] = [];
    for (const [at, a] of DOMAINS.entries()) {
      for (const b of DOMAINS.slice(at + 1)) {
        const seen = new Set(DIALECTS.map((dialect) => pairIn(dialect, a.entry, b.entry)));
        for (const one of a.values) {
          for (const other of b.values) {
            const possible = isPossible({ [a.entry]: one, [b.entry]: other });
            if (possible && !seen.has(`${text(one)} ${text(other)}`)) {
              missing.push(`${a.entry} ${text(one)}, ${b.entry} ${text(other)}`);
            }
          }
        }
      }
    }
    expect(missing).toEqual([]);
    expect(DIALECTS.filter((dialect) => !isPossible(dialect))).toEqual([]);
    expect(DOMAINS.map(({ entry }) => entry).sort()).toEqual(Object.keys(DIALECTS[0] ?? {}).sort());
  });

  test("is small enough for every run", () => {
    if (STRENGTH === 2) expect(DIALECTS.length).toBeLessThan(80);
  });

  test("what is left out as impossible is named, with its reason", () => {
    expect(new Set(IMPOSSIBLE.map(({ name }) => name)).size).toBe(IMPOSSIBLE.length);
    for (const { because } of IMPOSSIBLE) expect(because.length).toBeGreaterThan(20);
  });
});
