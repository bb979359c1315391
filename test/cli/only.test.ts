import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "../../provider/sei/client.js";
import { type Client, PEOPLE, start, started } from "../simulator/support.js";
import { crowd, crowdYaml } from "../sync/crowd.js";
import { AS_LIVE, KEY, WITH_KEY, worldOf } from "./account.js";

// Processes take their time on a busy machine.
jest.setTimeout(120_000);

/** Two new hires, one of whom reports to the other; p17 moves; p299 has left; and somebody else's team changed. */
const CHANGED = [
  crowdYaml()
    .replace(/^ {2}p299@.*\n/m, "")
    .replace(/^( {2}p17@.*)Team: Team 3/m, "$1Team: Core")
    .replace(/^( {2}p18@.*)Team: Team 4/m, "$1Team: Core"),
  "  mo@example.com: { name: Mo Salah, manager: p5@example.com, Team: Team 1, Site: Site 1 }\n",
  "  nia@example.com: { name: Nia Okafor, manager: mo@example.com, Team: Team 2, Site: Site 0, identities: { github: nia } }\n",
].join("");
const PRUNED = `${CHANGED}prune: all\n`;

const account = () => crowd(WITH_KEY);
const writes = (client: Client) => client.requests().filter(({ method }) => method !== "GET");

/** Compares with a file; the address of the simulator, and with it the checksum, is another in every run. */
function golden(name: string, text: string, url: string): void {
  const stable = text.replaceAll(url, "URL").replace(/\b[0-9a-f]{16}(?:[0-9a-f]{48})?\b/g, "CHECKSUM");
  const path = join(__dirname, "golden", name);
  if (process.env["GOLDEN"] === "write") writeFileSync(path, stable);
  expect(stable).toBe(readFileSync(path, "utf8"));
}

test("plan --only: this part of the plan alone, as text, JSON and masked; 2, 0 and 3", async () => {
  const client = await account();
  const { run } = worldOf(client, PRUNED);
  const [one, json, none, refused, masked, leaver] = await Promise.all([
    run("plan", "roster.yaml", "--only", "P17@example.com"),
    run("plan", "roster.yaml", "--only", "mo@example.com", "--only", "nia@example.com", "--output", "json"),
    run("plan", "roster.yaml", "--only", "p20@example.com"),
    run("plan", "roster.yaml", "--only", "nia@example.com"),
    run("plan", "roster.yaml", "--only", "nia@example.com", "--mask-emails"),
    run("plan", "roster.yaml", "--only", "p299@example.com"),
  ]);
  expect([one, json, none, refused, masked, leaver].map(({ code }) => code)).toEqual([2, 2, 0, 3, 3, 2]);
  golden("only-text.txt", one.out, client.url);
  golden("only-json.txt", json.out, client.url);
  golden("only-refused.txt", refused.out, client.url);
  golden("only-leaver.txt", leaver.out, client.url);
  expect(none).toEqual({ code: 0, out: "plan: no changes\n", err: "" });
  expect(refused.err).toContain("1 developer(s) would report to mo@example.com, who would not be live");
  expect(`${masked.out}${masked.err}`).not.toMatch(/nia@|mo@|Okafor|Salah/);
  expect(writes(client)).toEqual([]);
});

test("apply --only: done, verified, and nothing else of the plan", async () => {
  const client = await account();
  const { run, cwd, cache } = worldOf(client, PRUNED);
  const both = ["--only", "nia@example.com", "--only", "mo@example.com"];
  const { code, out } = await run("apply", "roster.yaml", ...both, "--yes", "--audit", "audit.jsonl");
  expect([code, out.split("\n").at(-2)]).toEqual([0, "applied and verified: 2 to create, 1 identity to set"]);
  expect(client.requests().map(({ kind }) => kind)).not.toContain("download");
  const audit = readFileSync(join(cwd, "audit.jsonl"), "utf8").trimEnd().split("\n");
  const lines = audit.map((line) => JSON.parse(line));
  expect(lines.filter(({ outcome }) => outcome === "done").map(({ email, operation }) => [operation, email])).toEqual([
    ["create", "mo@example.com"],
    ["create", "nia@example.com"],
    ["setIdentity", "nia@example.com"],
  ]);
  client.resetRequests();
  const again = await run("apply", "roster.yaml", ...both, "--yes");
  expect(again).toEqual({ code: 0, out: "plan: no changes\nnothing to do: live is as declared\n", err: "" });
  expect(writes(client)).toEqual([]);
  const rest = await run("plan", "roster.yaml");
  expect(rest.out.split("\n")[0]).toBe("plan: 2 to update, 1 to delete");

  // The backup is of these two alone: put back, they are gone, and everybody else is as they are.
  const [folder = ""] = readdirSync(join(cache, "backups"));
  const [backup = ""] = readdirSync(join(cache, "backups", folder));
  const restored = await run("restore", join(cache, "backups", folder, backup), "--yes");
  expect([restored.code, restored.out.split("\n")[0]]).toEqual([0, "plan: 2 to delete"]);
  expect(client.emails().length).toBe(300);
});

test("a leaver: only with prune: all, inside the guards, and on a whole read", async () => {
  const client = await account();
  const { run, cwd } = worldOf(client, PRUNED, {
    "kept.yaml": CHANGED,
    "guarded.yaml": `${PRUNED}guards: { maxDelete: 0 }\n`,
    "led.yaml": PRUNED.replace(/^ {2}p29@.*\n/m, "").replaceAll("manager: p29@example.com", "manager: p0@example.com"),
  });
  const leaver = ["--only", "p299@example.com"];
  const [kept, guarded, led] = await Promise.all([
    run("apply", "kept.yaml", ...leaver, "--yes"),
    run("apply", "guarded.yaml", ...leaver, "--yes"),
    run("apply", "led.yaml", "--only", "p29@example.com", "--yes"),
  ]);
  expect([kept.code, guarded.code, led.code]).toEqual([1, 3, 3]);
  expect(kept.err).toMatch(
    /^error: --only p299@example.com is not declared in this source; did you mean p\d+@example.com\? Whoever left is deleted only with prune: all, and it is prune: managed\n$/,
  );
  expect(guarded.err).toContain("refused: maxDelete");
  expect(led.out).toContain("--only p291@example.com");
  expect(writes(client)).toEqual([]);
  client.resetRequests();
  const { code, out } = await run("apply", "roster.yaml", ...leaver, "--yes");
  expect([code, out.split("\n").at(-2)]).toEqual([0, "applied and verified: 1 to delete"]);
  expect([client.emails().length, client.emails().includes("p299@example.com")]).toEqual([299, false]);
  expect(client.requests().map(({ kind }) => kind)).toContain("download");
  expect(await run("apply", "roster.yaml", ...leaver, "--yes")).toEqual({
    code: 0,
    out: "plan: no changes\nnothing to do: live is as declared\n",
    err: "note: p299@example.com is neither declared nor live: nothing to do\n",
  });
  writeFileSync(join(cwd, "none.yaml"), "version: 1\nprune: all\ndevelopers: {}\n");
  const none = await run("apply", "none.yaml", "--only", "p298@example.com", "--yes");
  expect([none.code, none.err]).toEqual([1, expect.stringContaining("EMPTY_ROSTER")]);
  expect(client.emails().length).toBe(299);
});

test("a rename, named by either address; a previous address is nobody who left", async () => {
  const client = await account();
  const renamed = PRUNED.replace(
    /^ {2}p5@example.com: \{/m,
    "  paula@example.com: { previousEmails: [p5@example.com],",
  ).replaceAll("manager: p5@example.com", "manager: paula@example.com");
  const { run } = worldOf(client, renamed);
  const plan = await run("plan", "roster.yaml", "--only", "p5@example.com");
  expect(plan.out.split("\n")[0]).toMatch(/1 to rename/);
  expect(plan.out).not.toContain("leaves");
  const { code } = await run("apply", "roster.yaml", "--only", "paula@example.com", "--yes");
  expect([code, client.emails().includes("p5@example.com"), client.emails().includes("paula@example.com")]).toEqual([
    0,
    false,
    true,
  ]);
  expect(client.state().developers.filter(({ managerEmail }) => managerEmail === "p5@example.com")).toEqual([]);
  expect((await run("plan", "roster.yaml", "--only", "paula@example.com")).code).toBe(0);
});

test("what cannot go together, and who is nobody", async () => {
  const client = await started(WITH_KEY, PEOPLE);
  const dated = `${AS_LIVE}  nia@example.com: { name: Nia, manager: ada@example.com, effective: { from: 2099-01-01 } }\n`;
  const { run } = worldOf(client, dated);
  const ran = await Promise.all([
    run("plan", "roster.yaml", "--only", "ada@example.com", "--strategy", "reupload"),
    run("plan", "roster.yaml", "--only", "ada"),
    run("plan", "roster.yaml", "--only", "ada@example.com", "--against", "roster.yaml"),
    run("apply", "--plan", "roster.plan", "--only", "ada@example.com"),
    run("plan", "roster.yaml", "--only", "nia@example.com"),
    run("apply", "roster.yaml", "--only", "ada@example.com"),
  ]);
  expect(ran.map(({ code }) => code)).toEqual([1, 1, 1, 1, 0, 0]);
  expect(ran[0]?.err).toContain("a re-upload replaces everybody");
  expect(ran[1]?.err).toContain("It must be the email of a developer.");
  expect(ran[4]?.err).toBe("note: nia@example.com joins on 2099-01-01: nothing to do before\n");
});

test("a saved plan of one developer is applied as it is, and its checksum and command name them", async () => {
  const client = await account();
  const { run, cwd } = worldOf(client, CHANGED);
  const plan = await run("plan", "roster.yaml", "--only", "p17@example.com", "--plan", "one.plan", "--out", "plan.md");
  expect(plan.code).toBe(2);
  expect(readFileSync(join(cwd, "plan.md"), "utf8")).toMatch(
    /sei-roster apply roster\.yaml --only p17@example\.com --checksum [0-9a-f]{16}/,
  );
  const { code } = await run("apply", "--plan", "one.plan");
  expect([code, writes(client).map(({ kind }) => kind)]).toEqual([0, ["upsert"]]);
});

test("before the initial setup: refused with what to do, and nothing is sent", async () => {
  const client = await start(WITH_KEY);
  const { run } = worldOf(client, AS_LIVE);
  const { code, out } = await run("apply", "roster.yaml", "--only", "ada@example.com", "--yes");
  expect([code, writes(client)]).toEqual([3, []]);
  expect(out).toContain("412 Precondition Failed");
  expect(out).toContain("apply the whole source once, without --only");
});

test("somebody else writes in between: their record stays as they wrote it", async () => {
  const client = await account();
  const { run } = worldOf(client, CHANGED);
  client.faults.add({ kind: "slow", ms: 300, match: { method: "GET", path: "/v2/developers" }, times: 3 });
  const ran = run("apply", "roster.yaml", "--only", "p17@example.com", "--yes");
  const other = connect({ endpoint: client.url, apiKey: KEY });
  await other.apiWriter.upsert([
    { Name: "Person 30", Email: "p30@example.com", "Manager Email": "p2@example.com", Team: "Other", Site: "Here" },
  ]);
  await other.close();
  expect((await ran).code).toBe(0);
  expect(client.state().developers.find(({ email }) => email === "p30@example.com")?.attributes["Team"]).toBe("Other");
});
