import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DialectName } from "../../provider/simulator/simulator.js";
import { type Client, start } from "../simulator/support.js";
import { KEY, WITH_KEY, worldOf } from "./account.js";

// Processes take their time on a busy machine.
jest.setTimeout(120_000);

const DOCS = readFileSync(join(__dirname, "..", "..", "docs", "sync.md"), "utf8");
const [CRON = ""] = /^15 2 .*$/m.exec(DOCS) ?? [];
const [, TOLD = ""] = /^```yaml\n([\s\S]*?)^```/m.exec(DOCS) ?? [];
/** The policy of the page, for a smaller company. */
const POLICY = TOLD.replace("5%", "3").replace("100", "2");
const HEADER = "Full Name,Work Email,Manager,Team\n";
const PEOPLE = [
  "Grace Hopper,grace@example.com,,Core\n",
  "Ada Lovelace,ada@example.com,grace@example.com,Payments\n",
  "Alan Turing,alan@example.com,ada@example.com,Payments\n",
];
const NIA = "Nia Okafor,nia@example.com,ada@example.com,Payments\n";
const ARGS = ["apply", "hris.csv", "policy.yaml", "--strategy", "reupload"];

const sent = (client: Client) => client.requests().flatMap(({ method, kind }) => (method === "GET" ? [] : [kind]));

describe.each<DialectName>(["default", "spring", "display"])("%s", (dialect) => {
  test("setup, a re-upload, nothing, a short export, a wrong one, a 412: night after night", async () => {
    const client = await start({ ...WITH_KEY, dialect });
    const { run, cwd } = worldOf(client, "", { "hris.csv": HEADER + PEOPLE.join(""), "policy.yaml": POLICY });
    const night = async (...more: string[]) => {
      client.resetRequests();
      const { code, out, err } = await run(...ARGS, ...more);
      return { code, said: `${out}${err}`, sent: sent(client) };
    };
    const hris = (...rows: string[]) => writeFileSync(join(cwd, "hris.csv"), HEADER + rows.join(""));

    const first = await night("--yes");
    expect([first.code, first.sent]).toEqual([0, expect.arrayContaining(["upload", "save"])]);
    expect(first.said).toContain("applied and verified: 3 to create");

    hris(PEOPLE[0] ?? "", (PEOPLE[1] ?? "").replace("Payments", "Engines"), NIA);
    const plan = await run("plan", ...ARGS.slice(1), "--output", "json");
    expect([plan.code, JSON.parse(plan.out).strategy]).toEqual([2, "reupload"]);
    expect(await night()).toMatchObject({ code: 1, sent: [], said: expect.stringContaining("there is no terminal") });
    expect(await night("--yes", "--audit", "audit.jsonl")).toMatchObject({ code: 0, sent: ["reupload", "approve"] });
    expect(client.emails().sort()).toEqual(["ada@example.com", "grace@example.com", "nia@example.com"]);

    expect(await night("--yes", "--quiet")).toEqual({ code: 0, said: "", sent: [] });

    hris(PEOPLE[0] ?? "");
    expect(await night("--yes")).toMatchObject({ code: 3, sent: [], said: expect.stringContaining("minDevelopers") });

    hris(PEOPLE[0] ?? "", "Ada,ada@example.com,nobody@example.com,Core\n", NIA);
    expect(await night("--yes")).toMatchObject({
      code: 1,
      sent: [],
      said: expect.stringContaining("MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS"),
    });

    hris(...PEOPLE, NIA);
    client.faults.add({ kind: "status", status: 412, match: { method: "PUT", path: "/v2/developers" } });
    const refused = await night("--yes");
    expect([refused.code, client.emails().length]).toEqual([1, 3]);
    expect(refused.said).toMatch(/initial setup/);
    client.faults.clear();
    expect((await night("--yes")).code).toBe(0);
    expect(await night("--yes", "--quiet")).toEqual({ code: 0, said: "", sent: [] });
  });
});

test("review data that say nothing: 1, and nothing is approved", async () => {
  const client = await start({ ...WITH_KEY, dialect: "terse" });
  const { run, cwd } = worldOf(client, "", { "hris.csv": HEADER + PEOPLE.join(""), "policy.yaml": POLICY });
  expect((await run(...ARGS, "--yes")).code).toBe(0);
  writeFileSync(join(cwd, "hris.csv"), HEADER + PEOPLE.join("") + NIA);
  client.resetRequests();
  const { code, err } = await run(...ARGS, "--yes");
  expect([code, sent(client)]).toEqual([1, ["reupload"]]);
  expect(err).toContain("strategy");
});

test("the line for cron, in a shell of its own, without a terminal and without a home", async () => {
  const client = await start(WITH_KEY);
  const { cwd, cache } = worldOf(client, "", { "hris.csv": HEADER + PEOPLE.join(""), "policy.yaml": POLICY });
  mkdirSync(join(cwd, "bin"));
  const command = `exec '${process.execPath}' '${join(__dirname, "run.cjs")}' "$@"\n`;
  writeFileSync(join(cwd, "bin", "sei-roster"), `#!/bin/sh\n${command}`);
  chmodSync(join(cwd, "bin", "sei-roster"), 0o755);
  writeFileSync(join(cwd, "sei.env"), `export SEI_API_KEY=${KEY} SEI_ENDPOINT=${client.url}\n`);
  const line = CRON.replace(/^(\S+ ){5}/, "").replace("cd /srv/roster", `cd '${cwd}'`);
  const env = { PATH: `${join(cwd, "bin")}:/usr/bin:/bin`, PULUMI_HARNESS_SEI_CACHE: cache };
  const night = () => asCron(line, env);
  expect((await night()).status).toBe(0);
  expect(client.emails().length).toBe(3);
  expect(await night()).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(readFileSync(join(cwd, "audit.jsonl"), "utf8")).toContain('"operation":"create"');
});

/** Runs a line as cron does. */
async function asCron(line: string, env: Record<string, string>) {
  const child = spawn("/bin/sh", ["-c", line], { env, stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const [status] = await once(child, "close");
  return { status: status as number | null, stdout, stderr };
}
