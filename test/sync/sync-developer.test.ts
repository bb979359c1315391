import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { type DeveloperInput, type SyncOptions, type SyncOutcome, syncDeveloper } from "pulumi-harness-sei/client";
import { DIALECTS } from "../../provider/simulator/simulator.js";
import { type Client, start } from "../simulator/support.js";
import { privateCache } from "./cache.js";
import { CROWD, crowd, DIALECT_NAMES } from "./crowd.js";
import { deafProxy } from "./deaf-proxy.js";

// Hundreds of people are set up for every case.
jest.setTimeout(60_000);

const cache = privateCache();

const NIA: DeveloperInput = {
  email: "nia@example.com",
  name: "Nia Okafor",
  manager: "p5@example.com",
  attributes: { Team: "Team 2" },
  identities: { 101: "nia" },
};

const optionsFor = ({ url }: Pick<Client, "url">, more: Partial<SyncOptions> = {}): SyncOptions => ({
  endpoint: url,
  apiKey: "simulator",
  account: "any",
  rereadMs: [30, 100],
  retry: { baseMs: 5 },
  deadlineMs: 5_000,
  ...more,
});

/** Nobody may be named by what is logged. */
function impersonal(outcome: SyncOutcome): SyncOutcome {
  expect(`${inspect(outcome, { depth: 9 })}${JSON.stringify(outcome)}`).not.toMatch(/@example\.com|Nia|Okafor|p\d+@/);
  return outcome;
}

const sync = async (account: Pick<Client, "url">, developer: DeveloperInput, more: Partial<SyncOptions> = {}) =>
  impersonal(await syncDeveloper(developer, optionsFor(account, more)));
const writes = (account: Client) =>
  account.requests().flatMap(({ kind }) => (["upsert", "delete", "setIdentities"].includes(kind) ? [kind] : []));
const personOf = (account: Client, email: string) => account.state().developers.find((one) => one.email === email);

describe.each(DIALECT_NAMES)("%s", (dialect) => {
  test("a new hire is created, again is nothing, and an update changes what is given alone", async () => {
    const account = await crowd({ dialect });
    expect(await sync(account, NIA)).toMatchObject({ status: "created", identities: 1 });
    expect(account.emails().length).toBe(CROWD + 1);
    account.resetRequests();
    expect((await sync(account, NIA)).status).toBe("unchanged");
    expect(writes(account)).toEqual([]);
    expect(await sync(account, { email: " NIA@example.com", attributes: { Team: "Team 3" } })).toMatchObject({
      status: "updated",
      columns: ["Team"],
      identities: 0,
      renamed: false,
    });
    expect(await sync(account, { email: "p17@example.com", manager: "nia@example.com" })).toMatchObject({
      status: "updated",
      columns: ["Manager Email"],
    });
    expect(personOf(account, "p17@example.com")).toMatchObject({
      name: "Person 17",
      managerEmail: "nia@example.com",
      attributes: { Team: "Team 3", Site: "Site 2" },
    });
    expect((await sync(account, { ...NIA, attributes: { Team: "Team 3", Site: "" } })).status).toBe("unchanged");
  });

  test("a rename takes identities and reports along", async () => {
    const account = await crowd({ dialect });
    const outcome = await sync(account, { email: "paula@example.com", previousEmails: ["p5@example.com"] });
    expect(outcome).toMatchObject({ status: "updated", columns: [], renamed: true });
    expect(personOf(account, "p5@example.com")).toBeUndefined();
    expect(personOf(account, "p51@example.com")?.managerEmail).toBe("paula@example.com");
    const { identities } = account.state();
    expect(identities.filter(({ identity }) => identity === "login5").map(({ email }) => email)).toContain(
      "paula@example.com",
    );
    account.resetRequests();
    expect((await sync(account, { email: "paula@example.com", previousEmails: ["p5@example.com"] })).status).toBe(
      "unchanged",
    );
    expect(writes(account)).toEqual([]);
  });
});

test("an account of the previous generation, which is searched by the EMAIL column", async () => {
  const account = await crowd({
    integrations: [
      { id: 101, type: "GITHUB" },
      { id: 7, type: "JIRA" },
    ],
  });
  const integrations = { github: { id: 101, applicationType: "GITHUB" } };
  const previous = { generation: "previous", integrations } as const;
  const nia = { ...NIA, identities: { github: "nia" } };
  expect(await sync(account, nia, previous)).toMatchObject({ status: "created", identities: 1 });
  expect(account.requests().map(({ path }) => path)).not.toContain("/v2/developers/download");
  expect((await sync(account, nia, previous)).status).toBe("unchanged");
  expect(await sync(account, { ...nia, attributes: { Team: "Core" } }, previous)).toMatchObject({ status: "updated" });
  const untyped = { ...nia, identities: { 7: "x" } };
  expect(await sync(account, untyped, { generation: "previous" })).toMatchObject({ status: "refused" });
});

describe("what is read", () => {
  test("neither everybody nor every identity, and no page but the first", async () => {
    const account = await crowd({}, 1_000);
    expect((await sync(account, NIA)).status).toBe("created");
    const kinds = account.requests().map(({ kind }) => kind);
    expect(kinds).not.toContain("download");
    expect(kinds).not.toContain("downloadIdentities");
    expect(writes(account)).toEqual(["upsert", "setIdentities"]);
    expect(account.requests().filter(({ query }) => /pageIndex=[1-9]/.test(query))).toEqual([]);
  });

  test.each([
    ["emails", ["emails"]],
    ["the search of identities", ["searchKey", "searchValue"]],
    ["any filter", ["emails", "searchKey", "searchValue"]],
  ])("a server that ignores %s is read whole, and the outcome is the same", async (_, unheard) => {
    const account = await crowd();
    const server = await deafProxy(account.url, ...unheard);
    const nia = { ...NIA, identities: { 101: "login7" } };
    expect(await sync(server, nia)).toMatchObject({ status: "created", identities: 1 });
    const kinds = account.requests().map(({ kind }) => kind);
    expect(kinds).toContain(unheard.includes("emails") ? "download" : "downloadIdentities");
    expect((await sync(server, nia)).status).toBe("unchanged");
    expect(personOf(account, "p17@example.com")?.attributes).toEqual({ Team: "Team 3", Site: "Site 2" });
  });

  test("a column that is blank on the page, and a value that is no text, may be shown otherwise: all is read", async () => {
    const account = await crowd();
    for (const Site of ["", "2026-12-01T00:00:00Z"]) {
      await account.upsert(account.state().developers.map((one) => ({ Email: one.email, Name: one.name, Site })));
      account.resetRequests();
      expect((await sync(account, { email: "p17@example.com", attributes: { Team: `T${Site}` } })).status).toBe(
        "updated",
      );
      expect(account.requests().map(({ kind }) => kind)).toContain("download");
      expect(personOf(account, "p17@example.com")?.attributes["Site"]).toBe(Site);
    }
  });

  test("an empty answer about somebody is not believed alone: their values stay", async () => {
    const account = await crowd();
    const match = { method: "GET", path: "/v2/developers" };
    for (let after = 0; after < 8; after += 1) {
      account.faults.clear();
      account.faults.add({ kind: "emptyList", match, after, times: 2 });
      const { status } = await sync(account, { email: "p17@example.com", attributes: { Team: `Team ${after}` } });
      expect([after, status]).not.toEqual([after, "created"]);
      expect(personOf(account, "p17@example.com")).toMatchObject({
        managerEmail: "p1@example.com",
        attributes: { Site: "Site 2" },
      });
    }
  });
});

describe("what is refused", () => {
  test("a manager who is not live: named by explain(), and by nothing that is logged", async () => {
    const account = await crowd();
    const outcome = await sync(account, { ...NIA, manager: "mo@example.com" });
    expect(outcome).toMatchObject({
      status: "refused",
      by: ["consistency"],
      reason:
        "MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS: 1 developer(s) would report to somebody who would not be live",
    });
    expect(outcome.explain()).toContain("would report to mo@example.com, who would not be live");
    expect(outcome.explain()).toContain("mo@example.com is not declared either: create the manager first");
    expect(account.requests().map(({ kind }) => kind)).not.toContain("download");
    expect(writes(account)).toEqual([]);
    expect((await sync(account, { email: "mo@example.com", name: "Mo" })).status).toBe("created");
    expect((await sync(account, { ...NIA, manager: "mo@example.com" })).status).toBe("created");
  });

  test("a circle, in which the named one is far above", async () => {
    const account = await crowd();
    const outcome = await sync(account, { email: "p2@example.com", manager: "p277@example.com" });
    expect(outcome).toMatchObject({ status: "refused", by: ["consistency"] });
    expect(outcome.explain()).toContain("CIRCULAR_REFERENCE");
    expect(writes(account)).toEqual([]);
  });

  test("a column that the account does not have", async () => {
    const account = await crowd();
    const outcome = await sync(account, { ...NIA, attributes: { Taem: "Core" } });
    expect(outcome).toMatchObject({ status: "refused", by: ["consistency"] });
    const fields = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team", "Site"] };
    account.resetRequests();
    const offline = await sync(account, { ...NIA, attributes: { Taem: "Core" } }, { fields });
    expect(offline.status).toBe("refused");
    expect(account.requests()).toEqual([]);
  });

  test.each(DIALECT_NAMES)(
    "%s: an account that is not set up: 412 is told before anything is sent",
    async (dialect) => {
      const account = await start({ dialect });
      const outcome = await sync(account, NIA);
      expect(outcome).toMatchObject({ status: "refused", by: expect.arrayContaining(["only"]) });
      expect(outcome.explain()).toContain("412 Precondition Failed");
      expect(outcome.explain()).toContain("run the initial setup");
      expect(account.requests().filter(({ method }) => method !== "GET")).toEqual([]);
    },
  );

  test("a developer who is not valid: no request, and the rules", async () => {
    const account = await start();
    const outcome = await sync(account, { email: "nia", name: "", identities: { github: "nia" } });
    expect(outcome).toMatchObject({ status: "refused", reason: expect.stringContaining("the developer is not valid") });
    expect(outcome.explain()).toContain("email");
    expect(account.requests()).toEqual([]);
  });
});

describe("what goes wrong", () => {
  test.each(["upsert", "setIdentities"])(
    "a %s that took effect and lost its answer is not sent twice",
    async (kind) => {
      const account = await crowd();
      const path = kind === "upsert" ? "/v2/developers" : "/v2/developers/identities";
      account.faults.add({ kind: "resetAfter", match: { method: "PATCH", path }, times: 1 });
      expect((await sync(account, NIA)).status).toBe("created");
      expect(writes(account).sort()).toEqual(["setIdentities", "upsert"]);
      expect((await sync(account, NIA)).status).toBe("unchanged");
    },
  );

  test("answers that lag behind", async () => {
    const account = await crowd({ dialect: { readDelayMs: 700 } });
    expect((await sync(account, NIA)).status).toBe("created");
    expect((await sync(account, { ...NIA, attributes: { Team: "Core" } })).status).toBe("updated");
    expect((await sync(account, { ...NIA, attributes: { Team: "Core" } })).status).toBe("unchanged");
  });

  test("half of it: failed and touched, and the next call does the rest", async () => {
    const account = await crowd();
    account.faults.add({ kind: "status", status: 403, match: { method: "PATCH", path: "/v2/developers/identities" } });
    const outcome = await sync(account, NIA);
    expect(outcome).toMatchObject({ status: "failed", touched: true });
    expect(outcome.explain()).toContain("nia@example.com");
    account.faults.clear();
    expect(await sync(account, NIA)).toMatchObject({ status: "updated", columns: [], identities: 1 });
    expect((await sync(account, NIA)).status).toBe("unchanged");
  });

  test("a refusal of the server, a wrong key, no server: outcomes without people", async () => {
    const account = await crowd();
    account.faults.add({ kind: "status", status: 403, match: { method: "PATCH" } });
    expect(await sync(account, NIA)).toMatchObject({ status: "failed", touched: false });
    account.faults.clear();
    expect(await sync(account, NIA, { apiKey: "wrong" })).toMatchObject({
      status: "failed",
      touched: false,
      reason: expect.stringContaining("UnauthorizedError"),
    });
    const nowhere = { url: "http://127.0.0.1:9/sei/api" };
    expect(await sync(nowhere, NIA, { retry: { budgetMs: 50 } })).toMatchObject({ status: "failed", touched: false });
    await expect(syncDeveloper(NIA, { apiKey: "" })).rejects.toThrow(/endpoint|key/);
  });

  test("a signal before the first write: nothing is sent", async () => {
    const account = await crowd();
    const stop = new AbortController();
    stop.abort();
    expect(await sync(account, NIA, { signal: stop.signal })).toMatchObject({ status: "failed", touched: false });
    expect(writes(account)).toEqual([]);
  });
});

test("an identity that somebody holds moves, and both are known", async () => {
  const account = await crowd({ dialect: { ...DIALECTS.default, claimedIdentity: "move" } });
  const file = join(cache(), "audit.jsonl");
  expect((await sync(account, { ...NIA, identities: { 101: "login9" } }, { audit: file })).status).toBe("created");
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  const parsed = lines.map((line) => JSON.parse(line));
  expect(parsed.at(0)).toMatchObject({ operation: "start", command: "syncDeveloper", changes: 2 });
  expect(parsed.find(({ operation }) => operation === "setIdentity")).toMatchObject({
    email: "nia@example.com",
    outcome: "done",
  });
  expect(lines.join("\n")).toContain("p9@example.com");
});

test("an audit that cannot be written: nothing is sent", async () => {
  const account = await crowd();
  const outcome = await sync(account, NIA, { audit: join(cache(), "no", "such", "folder") });
  expect(outcome).toMatchObject({ status: "failed", touched: false, reason: expect.stringContaining("audit file") });
  expect(writes(account)).toEqual([]);
});

test("a backup of one developer goes beside those of everybody, and does not push them out", async () => {
  const account = await crowd();
  await sync(account, NIA);
  await sync(account, { email: "p17@example.com", attributes: { Team: "Core" } });
  const [folder = ""] = readdirSync(join(cache(), "backups"));
  const names = readdirSync(join(cache(), "backups", folder)).sort();
  expect(names.map((name) => name.endsWith(".part.json"))).toEqual([true, true]);
  const backup = JSON.parse(readFileSync(join(cache(), "backups", folder, names[1] ?? ""), "utf8"));
  expect(backup).toMatchObject({ version: 2, people: ["p17@example.com"] });
});
