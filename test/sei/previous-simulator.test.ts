import { DIALECTS, type Dialect, type DialectName, startSimulator } from "../../provider/simulator/simulator.js";
import { describeContract } from "./contract.js";
import { peculiaritiesOf } from "./peculiarities.js";

const USUAL = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team", "Site"] };
const INTEGRATIONS = [
  { id: 101, type: "GITHUB" },
  { id: 102, type: "JIRA" },
] as const;

/** Where an account that has not moved shows its identities. */
const SOURCES: Readonly<Record<string, Partial<Dialect>>> = {
  // The current request for identities is there as well.
  "both generations": { generations: "both" },
  // Only the v1 API shows them, of the same people.
  "the previous one alone": { generations: "previous", contributors: "same" },
};

for (const name of Object.keys(DIALECTS) as DialectName[]) {
  for (const [source, entries] of Object.entries(SOURCES)) {
    const dialect: Dialect = { ...DIALECTS[name], ...entries };
    async function start() {
      const { url, stop } = await startSimulator({ dialect, integrations: INTEGRATIONS });
      return { url, apiKey: "simulator", close: stop };
    }
    describeContract(`previous generation, ${name}, ${source}`, start, {
      generation: "previous",
      mapping: USUAL,
      ...peculiaritiesOf(dialect),
    });
  }
}
