import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type Client, started } from "../simulator/support.js";
import { CHANGED, KEY, PEOPLE, until, WITH_KEY, worldOf } from "./account.js";

// Processes take their time on a busy machine.
jest.setTimeout(60_000);

// A terminal for a child: `script` of util-linux gives it one.
const hasTerminal = process.platform === "linux" && spawnSync("script", ["--version"]).status === 0;

/** Runs `apply` at a terminal, and answers its question when it has been asked. */
async function atTerminal(client: Client, answer: () => Promise<string>) {
  const { cwd, cache } = worldOf(client, CHANGED);
  const command = [process.execPath, join(__dirname, "run.cjs"), "apply", "roster.yaml"].map((word) => `'${word}'`);
  const child = spawn("script", ["--quiet", "--return", "--command", command.join(" "), "/dev/null"], {
    cwd,
    env: {
      PATH: process.env["PATH"] ?? "",
      SEI_API_KEY: KEY,
      SEI_ENDPOINT: client.url,
      PULUMI_HARNESS_SEI_CACHE: cache,
    },
  });
  const closed = once(child, "close");
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  try {
    await until(() => said.includes("Apply this plan? [y/N]") || child.exitCode !== null);
    child.stdin.write(await answer());
    const [code] = await closed;
    return { code, said };
  } finally {
    if (child.exitCode === null) child.kill("SIGKILL");
  }
}

(hasTerminal ? test : test.skip)("at a terminal it asks, and only a yes applies", async () => {
  const client = await started(WITH_KEY, PEOPLE);
  const no = await atTerminal(client, async () => "\n");
  expect([no.code, no.said]).toEqual([1, expect.stringContaining("not applied: nothing was sent")]);
  expect(client.requests().filter(({ method }) => method !== "GET")).toEqual([]);
  const interrupted = await atTerminal(client, async () => "\u0003");
  expect([interrupted.code, client.emails()]).toEqual([130, expect.arrayContaining(["alan@example.com"])]);
  const yes = await atTerminal(client, async () => "y\n");
  expect([yes.code, yes.said]).toEqual([0, expect.stringContaining("applied and verified: 1 to create")]);
});

(hasTerminal ? test : test.skip)("who takes their time is not answered with another plan: 3", async () => {
  const client = await started(WITH_KEY, PEOPLE);
  const { code, said } = await atTerminal(client, async () => {
    await client.upsert([{ Name: "Eve", Email: "eve@example.com", "Manager Email": "", Team: "" }]);
    client.resetRequests();
    return "y\n";
  });
  expect([code, said]).toEqual([3, expect.stringContaining("live has changed since the plan was shown")]);
  expect(client.requests().filter(({ method }) => method !== "GET")).toEqual([]);
});
