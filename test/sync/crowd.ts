import { connect, type SeiClient } from "../../provider/sei/client.js";
import { DIALECTS, type DialectName, type SimulatorOptions } from "../../provider/simulator/simulator.js";
import { type Client, started } from "../simulator/support.js";

/** Everybody of {@link crowdCsv}. */
export const CROWD = 300;

/** So many people that a list has more than one page in every dialect: p0 is above all, and everybody else has a line up to her. */
export function crowdCsv(size = CROWD): string {
  const rows = Array.from({ length: size }, (_, at) => {
    const manager = at === 0 ? "" : `p${Math.floor((at - 1) / 10)}@example.com`;
    return `Person ${at},p${at}@example.com,${manager},Team ${at % 7},Site ${at % 3}`;
  });
  return ["Name,Email,Manager Email,Team,Site", ...rows, ""].join("\n");
}

/** The same as a roster file. */
export function crowdYaml(size = CROWD): string {
  const people = Array.from({ length: size }, (_, at) => {
    const manager = at === 0 ? "null" : `p${Math.floor((at - 1) / 10)}@example.com`;
    return `  p${at}@example.com: { name: Person ${at}, manager: ${manager}, Team: Team ${at % 7}, Site: Site ${at % 3} }`;
  });
  return [
    "version: 1",
    "fields: { name: Name, email: Email, managerEmail: Manager Email, attributes: [Team, Site] }",
    "integrations: { github: 101 }",
    "developers:",
    ...people,
    "",
  ].join("\n");
}

/** An account that holds the crowd, each with an identity in integration 101. */
export async function crowd(options: SimulatorOptions = {}, size = CROWD): Promise<Client> {
  const client = await started(options, crowdCsv(size));
  const all = Array.from({ length: size }, (_, at) => ({
    email: `p${at}@example.com`,
    integrationId: 101,
    identity: `login${at}`,
    applicationType: "GITHUB",
  }));
  const most = client.dialect.maxIdentityBatch ?? size;
  for (let at = 0; at < size; at += most) await client.identify(all.slice(at, at + most));
  await new Promise((resolve) => setTimeout(resolve, 2 * client.dialect.readDelayMs));
  client.resetRequests();
  return client;
}

export const DIALECT_NAMES = Object.keys(DIALECTS) as DialectName[];

const open: SeiClient[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.close()));
});

/** A client of the account that ends with the test. */
export function connected(account: Pick<Client, "url">): SeiClient {
  const client = connect({
    endpoint: account.url,
    apiKey: "simulator",
    account: "any",
    rereadMs: [30, 100],
    retry: { baseMs: 5 },
  });
  open.push(client);
  return client;
}
