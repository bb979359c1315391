// `npm start`: the main job from beginning to end, with the real Pulumi engine, against a local SEI server.
import { appendFile, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findEngine } from "../engine/find-engine.mjs";
import { editRoster, showEdit } from "./edit-roster.mjs";
import { messagesOf } from "./messages.mjs";
import { pulumiIn } from "./pulumi.mjs";
import { startSimulator } from "./simulator.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const say = (/** @type {string} */ text = "") => console.log(text);
const chapter = (/** @type {string} */ title) => say(`\n${title}\n${"-".repeat(title.length)}`);

const folder = await mkdtemp(join(tmpdir(), "sei-story-"));
/** @type {{ stop: () => Promise<void> } | null} */
let simulator = null;

async function cleanUp() {
  await simulator?.stop();
  await rm(folder, { recursive: true, force: true });
}
for (const [signal, code] of /** @type {const} */ ([
  ["SIGINT", 130],
  ["SIGTERM", 143],
])) {
  process.once(signal, () => cleanUp().finally(() => process.exit(code)));
}

try {
  await tell();
} catch (error) {
  console.error(`\nThe story ended badly: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  await cleanUp();
}

async function tell() {
  chapter("The engine");
  const engine = await findEngine({ log: say });
  say(`Pulumi ${engine.version}, from ${engine.source}.`);

  chapter("An account of Harness SEI, on this machine");
  const server = await startSimulator({ cli: join(root, "dist", "cli", "main.js"), data: join(folder, "sei") });
  simulator = server;
  say(`A simulator listens at ${server.url}. Nobody has set the account up yet.`);

  const roster = join(folder, "roster");
  await cp(join(root, "examples", "engineering", "roster"), roster, { recursive: true });
  const pulumi = await newStack(engine.pulumi, server.url, roster);

  chapter("The first `pulumi up`: initial setup of 40 developers");
  await expectExit(pulumi, ["up", "--yes", "--skip-preview"], 0);

  chapter("The second `pulumi up`: nothing differs, so nothing is written");
  await expectExit(pulumi, ["up", "--yes", "--skip-preview", "--expect-no-changes"], 0);

  chapter("A reviewed change: one joins, one leaves, one gets a new manager");
  say(showEdit(await editRoster(roster)));
  say("What a reviewer sees, from `pulumi preview`:");
  await expectExit(pulumi, ["preview"], 0);
  say("And the `pulumi up` after the merge:");
  await expectExit(pulumi, ["up", "--yes", "--skip-preview"], 0);

  chapter("Somebody edits SEI by hand, behind Pulumi's back");
  await editByHand(server.url);
  say("ada@example.com is now a Contractor, says SEI. The nightly job looks for drift:");
  await expectExit(pulumi, ["preview", "--expect-no-changes"], 7);
  say("Exit code 7: the job fails, and names who differs. `pulumi up` puts the roster back:");
  await expectExit(pulumi, ["up", "--yes", "--skip-preview"], 0);
  await expectExit(pulumi, ["preview", "--expect-no-changes"], 0);

  chapter("The end");
  say("The simulator is stopped, and the temporary stack, roster and data are removed.");
}

/** A stack on a `file://` backend in the temporary folder, which nothing of the user's sees. */
async function newStack(/** @type {string} */ engine, /** @type {string} */ endpoint, /** @type {string} */ roster) {
  await mkdir(join(folder, "state"));
  const run = pulumiIn(engine, {
    cwd: root,
    env: {
      ...process.env,
      SEI_API_KEY: "simulator",
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
      PULUMI_HOME: join(folder, "home"),
      PULUMI_CONFIG_PASSPHRASE: "story",
      PULUMI_SKIP_UPDATE_CHECK: "1",
      PULUMI_HARNESS_SEI_CACHE: join(folder, "cache"),
    },
  });
  // `stack init` writes the stack's file beside the project's, which is this checkout: it gets a project of its own.
  const project = join(folder, "project");
  await mkdir(project);
  await writeFile(join(project, "Pulumi.yaml"), "name: pulumi-harness-sei\nruntime: nodejs\n");
  const made = await run(["stack", "init", "story", "-C", project]);
  if (made.code !== 0) throw new Error(made.output);
  const config = join(project, "Pulumi.story.yaml");
  await appendFile(config, `config:\n  harness-sei:endpoint: ${endpoint}\n  roster:source: ${roster}\n`);
  const on = ["--stack", "story", "--config-file", config];
  return (/** @type {readonly string[]} */ args) => run([...args, ...on]);
}

/**
 * @param {(args: readonly string[]) => Promise<{ code: number | null, output: string, seconds: number }>} pulumi
 * @param {readonly string[]} args
 * @param {number} expected
 */
async function expectExit(pulumi, args, expected) {
  const { code, output, seconds } = await pulumi(args);
  say(`\n  $ pulumi ${args.join(" ")}`);
  for (const line of messagesOf(output)) say(`    ${line}`);
  say(`  exit code ${code}, ${seconds.toFixed(1)} s`);
  if (code !== expected) throw new Error(`expected exit code ${expected}; pulumi printed:\n${output}`);
}

/** One record by the API itself: `PATCH /v2/developers`. */
async function editByHand(/** @type {string} */ url) {
  const answer = await fetch(`${url}/v2/developers`, {
    method: "PATCH",
    headers: { "x-api-key": "simulator", "content-type": "application/json" },
    body: JSON.stringify([{ Email: "ada@example.com", Role: "Contractor" }]),
  });
  if (!answer.ok) throw new Error(`PATCH /v2/developers answered ${answer.status}: ${await answer.text()}`);
}
