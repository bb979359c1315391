import type { SimulatorOptions } from "../../provider/simulator/simulator.js";
import { type Client, started } from "../simulator/support.js";

const PEOPLE = [
  "Name,Email,Manager Email,Team",
  "Grace Hopper,grace@example.com,,Core",
  "Ada Lovelace,ada@example.com,grace@example.com,Payments",
  "Zoe Turing,alan@example.com,ada@example.com,Payments",
  "",
].join("\n");

const HELD = ["ada", "grace"].map((who) => ({ email: `${who}@example.com`, integrationId: 101, identity: `${who}-x` }));

/** A small account, of whom two have an identity. */
export async function smallAccount(options: SimulatorOptions = {}): Promise<Client> {
  const sei = await started(options, PEOPLE);
  await sei.identify(HELD);
  sei.resetRequests();
  return sei;
}

/** What a client can see of an account: every answer, byte for byte, but for the version that is in force. */
export async function bytesOf(sei: Client): Promise<readonly string[]> {
  await new Promise((resolve) => setTimeout(resolve, sei.dialect.readDelayMs));
  const [schema, csv, identities] = await Promise.all([
    sei.send("/v2/developers/schema"),
    sei.csv(),
    sei.send("/v2/developers/identities", { headers: { accept: "text/csv" } }),
  ]);
  const pages: string[] = [];
  for (let at = 0; at < 60; at += 1) {
    const { status, text } = await sei.list(`?pageIndex=${at}&pageSize=10`);
    if (status !== 200) break;
    pages.push(text);
  }
  return [schema.text.replace(/"versionId":[^,}]*/, ""), csv, identities.text, ...pages];
}
