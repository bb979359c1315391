import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { csvOf } from "./people.mjs";
import { createStack } from "./pulumi-stack.mjs";
import { startSimulator } from "./simulator-process.mjs";

const CHANGED = 50;

/** The ways to have a roster in Pulumi that are compared. */
export const WAYS = /** @type {const} */ ({
  ours: "DeveloperRoster",
  written: "a resource each, as written",
  crafted: "a resource each, crafted",
});

/**
 * The life of a roster in a stack: created, looked at, changed, refreshed, destroyed.
 *
 * @param {import("./row.mjs").Context} context
 * @param {keyof typeof WAYS} way
 * @param {number} size developers
 * @returns {Promise<{ seconds: Record<string, number>, stateBytes: number, requests: number }>}
 */
export async function life(context, way, size) {
  const simulator = await startSimulator(context);
  try {
    const folder = await mkdtemp(join(context.folder, "roster-"));
    const csv = join(folder, "people.csv");
    await writeFile(csv, csvOf(size));
    // Of 100 developers, 50 changes are more than the guards let pass that nobody wrote.
    await writeFile(join(folder, "policy.yaml"), "version: 1\nguards: { maxUpdate: 100% }\n");
    // A resource for each developer cannot do the setup of an account: they get one that has it, with one person.
    if (way !== "ours") await simulator.setUp(1);
    const { pulumi, stateBytes } = await stackOf(context, way, { url: simulator.url, folder, csv });
    const seconds = {};
    const timed = async (/** @type {string} */ name, /** @type {readonly string[]} */ args) => {
      seconds[name] = (await pulumi(args)).seconds;
      context.log(`${WAYS[way]}, ${size}: ${name} ${seconds[name].toFixed(1)} s`);
    };
    await timed("create", ["up", "--yes", "--skip-preview"]);
    await timed("preview, no change", ["preview", "--expect-no-changes"]);
    const bytes = await stateBytes();
    await writeFile(csv, csvOf(size, { changed: CHANGED }));
    await timed("up, 50 changes", ["up", "--yes", "--skip-preview"]);
    await timed("refresh", ["refresh", "--yes", "--skip-preview"]);
    await timed("destroy", ["destroy", "--yes", "--skip-preview"]);
    const counts = Object.values(await simulator.counts());
    return { seconds, stateBytes: bytes, requests: counts.reduce((sum, count) => sum + count, 0) };
  } finally {
    await simulator.stop();
  }
}

/** @returns {ReturnType<typeof createStack>} */
async function stackOf(
  /** @type {import("./row.mjs").Context} */ context,
  /** @type {keyof typeof WAYS} */ way,
  /** @type {{ url: string, folder: string, csv: string }} */ { url, folder, csv },
) {
  const env = { SEI_API_KEY: "simulator", SEI_ENDPOINT: url };
  if (way !== "ours") {
    const project = join(context.root, "scripts", "bench", "rivals", way === "written" ? "as-written" : "crafted");
    return createStack(context, project, { ...env, ROSTER_CSV: csv });
  }
  const stack = await createStack(context, context.root, env);
  await stack.pulumi(["config", "set", "roster:source", folder]);
  await stack.pulumi(["config", "set", "roster:forceDestroy", "true"]);
  return stack;
}
