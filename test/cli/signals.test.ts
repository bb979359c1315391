import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Client, start as startAccount, started } from "../simulator/support.js";
import { AS_LIVE, CHANGED, PEOPLE, until, WITH_KEY, worldOf } from "./account.js";
import type { Child } from "./child.js";

// Processes take their time on a busy machine.
jest.setTimeout(60_000);

const account = () => started(WITH_KEY, PEOPLE);
const writes = (client: Client) => client.requests().filter(({ method }) => method !== "GET");
const lastLine = (file: string) => JSON.parse(readFileSync(file, "utf8").trimEnd().split("\n").at(-1) ?? "");

/** A roster of so many people, which goes out in batches. */
const many = (count: number, team: string) =>
  `${AS_LIVE.split("developers:")[0]}guards: { maxUpdate: 100% }\ndevelopers:\n  grace@example.com: { name: Grace Hopper, Team: Core }\n${Array.from(
    { length: count },
    (_, index) => `  p${index}@example.com: { name: P ${index}, manager: grace@example.com, Team: ${team} }\n`,
  ).join("")}`;

const moved = (client: Client) => client.state().developers.filter((one) => JSON.stringify(one).includes("New")).length;

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)(
  "%s: the request under way is finished, none is begun, the outcome is told, and it ends with %i",
  async (signal, code) => {
    const client = await startAccount(WITH_KEY);
    const { begin, run, cwd } = worldOf(client, many(600, "Old"));
    expect(await run("apply", "roster.yaml", "--yes")).toMatchObject({ code: 0 });
    writeFileSync(join(cwd, "roster.yaml"), many(600, "New"));
    client.resetRequests();
    client.faults.add({
      kind: "slow",
      ms: 700,
      match: { method: "PATCH", path: "/v2/developers" },
      after: 1,
      times: 1,
    });
    const child = begin("apply", "roster.yaml", "--yes", "--strategy", "upsert", "--audit", "audit.jsonl");
    // One record went alone; the first batch is in, and its answer is late.
    await until(() => moved(client) === 501);
    child.process.kill(signal);
    const ended = await child.ended;
    expect([ended.code, ended.out.split("\n").at(-2)]).toEqual([
      code,
      expect.stringMatching(/^interrupted: 501 of 600 changes done, 0 failed, 99 not tried\. Run it again/),
    ]);
    expect(ended.err).toContain("interrupted: the request under way is finished and no other is sent");
    expect(writes(client).length).toBe(2);
    expect(moved(client)).toBe(501);
    expect(lastLine(join(cwd, "audit.jsonl"))).toMatchObject({
      operation: "end",
      outcome: "interrupted",
      done: 501,
    });
    expect(await run("apply", "roster.yaml", "--yes")).toMatchObject({ code: 0 });
  },
);

test("a second SIGINT ends at once; one while planning too, and nothing was sent", async () => {
  const client = await account();
  const { begin, run } = worldOf(client, CHANGED);
  client.faults.add({ kind: "slow", ms: 20_000, match: { method: "PATCH" }, times: 1 });
  const child = begin("apply", "roster.yaml", "--yes");
  const said = sayingOf(child);
  await until(() => client.emails().includes("nia@example.com"));
  const from = Date.now();
  child.process.kill("SIGINT");
  await until(() => said().includes("once more ends this at once"));
  child.process.kill("SIGINT");
  expect([(await child.ended).code, Date.now() - from < 10_000]).toEqual([130, true]);

  client.faults.clear();
  client.resetRequests();
  client.faults.add({ kind: "slow", ms: 20_000, match: { method: "GET" }, after: 1 });
  const planning = begin("apply", "roster.yaml", "--yes");
  await until(() => client.requests().length > 0);
  planning.process.kill("SIGINT");
  expect([(await planning.ended).code, writes(client)]).toEqual([130, []]);
  client.faults.clear();
  expect(await run("apply", "roster.yaml", "--yes")).toMatchObject({ code: 0 });
});

test("a write that waits to be tried again is given up at SIGINT", async () => {
  const client = await account();
  const { begin } = worldOf(client, CHANGED);
  client.faults.add({ kind: "status", status: 429, retryAfter: 30, match: { method: "PATCH" } });
  const child = begin("apply", "roster.yaml", "--yes");
  const said = sayingOf(child);
  await until(() => said().includes("Trying again in 30"));
  child.process.kill("SIGINT");
  const { code, out } = await child.ended;
  expect([code, out.split("\n").at(-2)]).toEqual([130, "interrupted: nothing was changed"]);
});

function sayingOf({ process }: Child): () => string {
  let said = "";
  process.stderr.on("data", (chunk: string) => (said += chunk));
  return () => said;
}
