import { join } from "node:path";
import { launchedFolder, launcherHome } from "./cache-folder.mjs";
import { PARTS } from "./check-engine.mjs";
import { run, tail } from "./run.mjs";
import { LAUNCHER, PINNED } from "./versions.mjs";

/**
 * Lets the npm package `pulumi` (official launcher) fetch the engine into the cache folder.
 *
 * @param {(line: string) => void} log
 * @returns {Promise<string | null>} the path of the executable; null when it could not be fetched.
 */
export async function launch(log, env = process.env) {
  log(`fetching Pulumi ${PINNED} with the npm package pulumi@${LAUNCHER} (official launcher) …`);
  const { code, output } = await run(
    process.platform === "win32" ? "npm.cmd" : "npm",
    ["exec", "--yes", `--package=pulumi@${LAUNCHER}`, "--", "pulumi", "version"],
    {
      env: { ...env, PULUMI_HOME: launcherHome(env), PULUMI_VERSION: PINNED, PULUMI_SKIP_UPDATE_CHECK: "1" },
      timeoutMs: 180_000,
      progress: (seconds) => log(`  still fetching, ${seconds} s so far …`),
    },
  );
  if (code === 0) return join(launchedFolder(env), PARTS[0]);
  log(`  it could not be fetched: ${tail(output, 1) || "no answer in 180 s"}`);
  return null;
}
