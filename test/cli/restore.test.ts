import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Client, start as startAccount, started } from "../simulator/support.js";
import { AS_LIVE, PEOPLE, WITH_KEY, worldOf } from "./account.js";

// Processes take their time on a busy machine.
jest.setTimeout(60_000);

const IDENTITIES = [
  { email: "ada@example.com", integrationId: 101, identity: "ada" },
  { email: "alan@example.com", integrationId: 101, identity: "alan" },
  { email: "alan@example.com", integrationId: 102, identity: "081de7ae" },
];

async function account(): Promise<Client> {
  const client = await started(WITH_KEY, PEOPLE);
  await client.identify(IDENTITIES);
  client.resetRequests();
  return client;
}

/** Everything that an account holds, in no order. */
function contentOf(client: Client) {
  const { developers, identities } = client.state();
  const people = developers.map(({ email, name, managerEmail, attributes }) =>
    JSON.stringify([email, name, managerEmail, Object.entries(attributes).sort()]),
  );
  return { people: people.sort(), identities };
}

const writes = (client: Client) => client.requests().filter(({ method }) => method !== "GET");
const sumOf = (out: string) => /checksum ([0-9a-f]{16})/.exec(out)?.[1] ?? "";

/** Somebody else's roster, taken for this one: people go, others come, names and teams and identities change. */
const DAMAGING = `version: 1
prune: all
guards: { maxDelete: 100%, maxUpdate: 100%, maxBlank: 100%, maxManagerChange: 100% }
developers:
  ada@example.com: { name: WRONG, manager: null, Team: "", identities: { 101: wrong } }
  eve@example.com: { name: Eve, manager: ada@example.com }
`;

test("a damaging apply, planned back: live is as it was, record for record and identity for identity", async () => {
  const client = await account();
  const before = contentOf(client);
  const { run } = worldOf(client, DAMAGING);
  expect(await run("apply", "roster.yaml", "--yes", "--backup", "backup.json")).toMatchObject({ code: 0 });
  expect(contentOf(client)).not.toEqual(before);
  const { code, out, err } = await run("restore", "backup.json", "--yes", "--audit", "audit.jsonl");
  expect([code, out.split("\n").at(-2)]).toEqual([
    0,
    "applied and verified: 2 to create, 1 to update, 1 to delete, 3 identities to set",
  ]);
  expect(err).toContain("backup of what is live: ");
  expect(contentOf(client)).toEqual(before);
  expect(await run("restore", "backup.json", "--yes")).toMatchObject({
    code: 0,
    out: expect.stringContaining("nothing to do"),
  });
});

test("what cannot be restored is said, and stays", async () => {
  const client = await account();
  const { run } = worldOf(client, `${AS_LIVE}\n`, {
    "more.yaml": AS_LIVE.replace("attributes: [Team]", "attributes: [Team, Site]")
      .replace("Team: Core }", "Team: Core, Site: Rome, identities: { 101: grace } }")
      .replace("prune: all", "prune: none"),
  });
  expect(await run("apply", "more.yaml", "--yes", "--backup", "backup.json")).toMatchObject({ code: 0 });
  const { code, out, err } = await run("restore", "backup.json", "--yes");
  expect([code, out]).toEqual([0, expect.stringContaining('~ grace@example.com  Site: "Rome" -> ""')]);
  expect(err).toContain(
    'note: columns that came since stay, and are blanked, because the API cannot take a column away: "Site"',
  );
  expect(err).toContain("note: 1 identity(ies) that came since stay, because the API cannot unset one");
  expect(client.state().developers.map(({ attributes }) => attributes["Site"])).toEqual(["", "", ""]);
});

test("the limits hold for a restore too; --checksum names the plan that may go beyond them, and no other", async () => {
  const client = await account();
  const { run } = worldOf(client, AS_LIVE);
  await run("apply", "roster.yaml", "--yes");
  await run("restore", "none.json", "--yes");
  const backup = await backupOf(client, run);
  await client.upsert(
    Array.from({ length: 20 }, (_, at) => ({
      Name: `N${at}`,
      Email: `n${at}@example.com`,
      "Manager Email": "",
      Team: "",
    })),
  );
  const all = contentOf(client);
  client.resetRequests();
  const refused = await run("restore", backup, "--yes");
  expect(refused.code).toBe(3);
  expect(refused.out).toMatch(/refused by maxDelete: 20 developers would be deleted; guards\.maxDelete allows 3 of 23/);
  expect(refused.out).toMatch(/if this is meant, restore this plan by its name: --checksum [0-9a-f]{64}/);
  const other = await run("restore", backup, "--checksum", "0123456789abcdef");
  expect([other.code, writes(client), contentOf(client)]).toEqual([3, [], all]);
  expect(await run("restore", backup, "--checksum", sumOf(refused.out))).toMatchObject({ code: 0 });
  expect(client.emails().length).toBe(3);
});

/** A backup of what is live now: of an apply that changes nothing but a team, and is taken back. */
async function backupOf(client: Client, run: (...args: string[]) => Promise<unknown>): Promise<string> {
  const ada = { Name: "Ada Lovelace", Email: "ada@example.com", "Manager Email": "grace@example.com" };
  await client.upsert([{ ...ada, Team: "Other" }]);
  await run("apply", "roster.yaml", "--yes", "--backup", "backup.json");
  return "backup.json";
}

test("another account's backup, one that was edited, one of an account without a setup, and no backup at all", async () => {
  const client = await account();
  const { run, cwd } = worldOf(client, AS_LIVE);
  await backupOf(client, run);
  const text = readFileSync(join(cwd, "backup.json"), "utf8");
  writeFileSync(join(cwd, "edited.json"), text.replace("Alan Turing", "Alan Turning"));
  writeFileSync(join(cwd, "short.json"), text.slice(0, -20));
  client.resetRequests();
  const fresh = await startAccount(WITH_KEY);
  const setup = worldOf(fresh, AS_LIVE);
  await setup.run("apply", "roster.yaml", "--yes", "--backup", "setup.json");
  const tried: [Promise<{ code: number | null; out: string; err: string }>, string][] = [
    [worldOf(fresh, "", { "backup.json": text }).run("restore", "backup.json", "--yes"), "nothing is sent there"],
    [run("restore", "backup.json", "--yes", "--account", "other"), "(account other): nothing is sent there"],
    [run("restore", "edited.json", "--yes"), "edited.json cannot be restored: it was changed or cut short"],
    [run("restore", "short.json", "--yes"), "short.json cannot be restored: it is not a backup"],
    [run("restore", "roster.yaml", "--yes"), "roster.yaml cannot be restored: it is not a backup"],
    [run("restore", "none.json", "--yes"), "none.json cannot be read: ENOENT"],
    [setup.run("restore", "setup.json", "--yes"), "the account was not set up when this backup was made"],
  ];
  for (const [ended, message] of tried) {
    const { code, out, err } = await ended;
    expect([code, out, err]).toEqual([1, "", expect.stringContaining(message)]);
  }
  expect(writes(client)).toEqual([]);
  expect(fresh.emails().length).toBe(3);
});

test("without a terminal and without --yes nothing is restored, and masked names nobody", async () => {
  const client = await account();
  const { run } = worldOf(client, DAMAGING);
  await run("apply", "roster.yaml", "--yes", "--backup", "backup.json");
  client.resetRequests();
  const { code, out, err } = await run("restore", "backup.json", "--mask-emails");
  expect([code, err]).toEqual([1, expect.stringContaining("there is no terminal to ask at")]);
  expect(out).toContain("a***@example.com");
  expect(out).not.toMatch(/\bada\b|alan|WRONG|Turing/);
  expect(writes(client)).toEqual([]);
});
