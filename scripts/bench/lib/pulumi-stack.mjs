import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { findEngine } from "../../engine/find-engine.mjs";
import { NoEngineError } from "../../engine/no-engine-error.mjs";
import { NotHereError } from "./row.mjs";
import { timed } from "./timed.mjs";

/** @typedef {(args: readonly string[]) => Promise<import("./timed.mjs").Timed>} Pulumi */

/**
 * A stack of its own: a backend on disk and a PULUMI_HOME that nothing else sees.
 *
 * @param {import("./row.mjs").Context} context
 * @param {string} project a folder with a Pulumi.yaml
 * @param {NodeJS.ProcessEnv} env what the program reads
 * @returns {Promise<{ pulumi: Pulumi, stateBytes: () => Promise<number> }>}
 */
export async function createStack(context, project, env) {
  const pulumi = await enginePath(context);
  const folder = await mkdtemp(join(context.folder, "stack-"));
  const own = join(folder, "project");
  for (const part of ["state", "home", "project"]) await mkdir(join(folder, part));
  // `stack init` writes beside the project's file, which is part of the checkout: it gets a project of the same name.
  const name = /^name: (.+)$/m.exec(await readFile(join(project, "Pulumi.yaml"), "utf8"))?.[1];
  await writeFile(join(own, "Pulumi.yaml"), `name: ${name}\nruntime: nodejs\n`);
  const run = (/** @type {readonly string[]} */ args) =>
    timed(pulumi, [...args, "--non-interactive", "--color", "never"], {
      cwd: project,
      env: {
        ...context.env,
        ...env,
        PATH: `${dirname(pulumi)}${delimiter}${context.env.PATH ?? ""}`,
        PULUMI_BACKEND_URL: pathToFileURL(join(folder, "state")).href,
        PULUMI_HOME: join(folder, "home"),
        PULUMI_CONFIG_PASSPHRASE: "bench",
        PULUMI_SKIP_UPDATE_CHECK: "1",
      },
    });
  await run(["stack", "init", "bench", "-C", own]);
  const on = ["--stack", "bench", "--config-file", join(own, "Pulumi.bench.yaml")];
  return {
    pulumi: (args) => run([...args, ...on]),
    stateBytes: async () => Buffer.byteLength((await run(["stack", "export", "--stack", "bench"])).stdout),
  };
}

async function enginePath(/** @type {import("./row.mjs").Context} */ { log }) {
  try {
    return (await findEngine({ log })).pulumi;
  } catch (error) {
    if (error instanceof NoEngineError) throw new NotHereError("there is no Pulumi engine, and none could be made");
    throw error;
  }
}
