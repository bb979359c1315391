import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Client, started } from "../simulator/support.js";
import { AS_LIVE, PEOPLE, WITH_KEY, type World, worldOf } from "./account.js";
import { seiRoster } from "./child.js";

// Processes take their time on a busy machine.
jest.setTimeout(60_000);

const DOCS = readFileSync(join(__dirname, "..", "..", "docs", "cli.md"), "utf8");
const consoles = [...DOCS.matchAll(/^```console\n([\s\S]*?)^```/gm)].map((match) => match[1] ?? "");
const commands = consoles.flatMap((text) =>
  [...text.matchAll(/^\$ sei-roster (.*)$/gm)].map((match) => match[1] ?? ""),
);

const ROSTER = AS_LIVE.replace(/^ {2}alan@.*$/m, "  nia@example.com: { name: Nia Okafor, manager: grace@example.com }");

test("the commands of the page, one after the other, do what the page says", async () => {
  const client = await started(WITH_KEY, PEOPLE);
  const world = worldOf(client, ROSTER);
  const codes: [string, number | null][] = [];
  let sum = "";
  for (const command of commands) {
    const { code, out } = await world.run(...command.replace("5e2cb5d31f1c64c7", sum).split(" "));
    codes.push([command, code]);
    if (command !== "plan roster.yaml") continue;
    sum = /checksum ([0-9a-f]{16})/.exec(out)?.[1] ?? "";
    expect(consoles[0]).toBe(`$ sei-roster ${command}\n${out.replace(sum, "5e2cb5d31f1c64c7")}`);
  }
  expect(codes).toEqual([
    ["plan roster.yaml", 2],
    ["apply roster.yaml --checksum 5e2cb5d31f1c64c7 --audit audit.jsonl --backup backup.json", 0],
    ["apply roster.yaml --yes", 0],
    ["drift roster.yaml --fail-on delete,update", 0],
    ["plan roster.yaml --plan roster.plan", 0],
    ["apply --plan roster.plan", 0],
    ["plan roster.yaml --against main/roster.yaml", 2],
    ["drift roster.yaml --baseline drift.json --accept", 0],
    ["drift roster.yaml --baseline drift.json", 0],
    ["restore backup.json --yes", 0],
  ]);
  expect(client.emails()).toContain("alan@example.com");
});

test("the line of the audit on the page has the keys of a real one", async () => {
  const client = await started(WITH_KEY, PEOPLE);
  const { run, cwd } = worldOf(client, ROSTER);
  client.faults.add({ kind: "status", status: 403, match: { method: "DELETE" } });
  await run("apply", "roster.yaml", "--yes", "--audit", "audit.jsonl");
  const lines = readFileSync(join(cwd, "audit.jsonl"), "utf8").trimEnd().split("\n");
  const real = lines.map((line) => JSON.parse(line)).find(({ operation }) => operation === "delete");
  const [told = ""] = /^\{.*\}$/m.exec(DOCS) ?? [];
  expect(Object.keys(JSON.parse(told))).toEqual(Object.keys(real).filter((key) => key !== "detail"));
});

test("every command and option of these commands is on the page, and the reverse", async () => {
  const { out: help } = await seiRoster(["--help"]);
  const known = [...help.matchAll(/^ {2}(\w+) .*(?:<|\[options\])/gm)]
    .map((match) => match[1] ?? "")
    .filter((name) => name !== "help");
  const told = [...DOCS.matchAll(/^\| `sei-roster (\w+)/gm)].map((match) => match[1] ?? "");
  expect([...told].sort()).toEqual([...known].sort());
  const helps = await Promise.all(["plan", "apply", "drift", "restore"].map((name) => seiRoster([name, "--help"])));
  const options = new Set(
    helps.flatMap(({ out }) => [...out.matchAll(/^ {2}(--[a-z-]+)/gm)].map((match) => match[1] ?? "")),
  );
  const page = new Set([...DOCS.matchAll(/`(--[a-z-]+)/g)].map((match) => match[1] ?? ""));
  expect([...page].sort()).toEqual([...options].filter((name) => name !== "--help").sort());
});

/** How an account is made to end a command with a code: see the table of the page. */
const ENDINGS: readonly [
  code: number,
  why: string,
  command: string,
  prepare: (world: World, client: Client) => void,
][] = [
  [0, "nothing to do", "plan roster.yaml", () => {}],
  [0, "nothing to do", "apply roster.yaml", () => {}],
  [0, "no drift", "drift roster.yaml", () => {}],
  [0, "applied", "apply changed.yaml --yes", () => {}],
  [1, "an invalid source", "plan invalid.yaml", () => {}],
  [1, "an invalid source", "apply invalid.yaml --yes", () => {}],
  [1, "an invalid source", "drift invalid.yaml", () => {}],
  [1, "no such option", "plan roster.yaml --max-delete 5", () => {}],
  [1, "no backup", "restore roster.yaml --yes", () => {}],
  [1, "nobody to ask", "apply changed.yaml", () => {}],
  [
    1,
    "failed",
    "apply changed.yaml --yes",
    (_, { faults }) => faults.add({ kind: "status", status: 403, match: { method: "PATCH" } }),
  ],
  [2, "changes", "plan changed.yaml", () => {}],
  [2, "drift", "drift changed.yaml", () => {}],
  [3, "a guard", "plan refused.yaml", () => {}],
  [3, "a guard", "apply refused.yaml --yes", () => {}],
  [3, "another plan", "apply changed.yaml --checksum 0123456789abcdef", () => {}],
  [3, "a short read", "plan changed.yaml", (_, { faults }) => faults.add({ kind: "shortPage" })],
  [3, "a short read", "apply changed.yaml --yes", (_, { faults }) => faults.add({ kind: "shortPage" })],
  [3, "a short read", "drift changed.yaml", (_, { faults }) => faults.add({ kind: "shortPage" })],
];

test("the exit codes of the page", async () => {
  const ended = await Promise.all(
    ENDINGS.map(async ([, why, command, prepare]) => {
      const client = await started(WITH_KEY, PEOPLE);
      const world = worldOf(client, AS_LIVE);
      writeFileSync(join(world.cwd, "changed.yaml"), ROSTER);
      writeFileSync(join(world.cwd, "refused.yaml"), `${ROSTER}guards: { maxDelete: 0 }\n`);
      writeFileSync(join(world.cwd, "invalid.yaml"), ROSTER.replace("grace@", "grcae@"));
      prepare(world, client);
      client.resetRequests();
      const { code } = await world.run(...command.split(" "));
      const wrote = client.requests().some(({ method }) => method !== "GET");
      return [code, why, command, wrote];
    }),
  );
  expect(ended).toEqual(
    ENDINGS.map(([code, why, command]) => [code, why, command, why === "applied" || why === "failed"]),
  );
});
