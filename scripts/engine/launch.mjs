import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./run.mjs";
import { LAUNCHER, PINNED } from "./versions.mjs";

/**
 * Lets the npm package `pulumi` (official launcher) fetch the engine. It keeps what it fetches in PULUMI_HOME, by version.
 *
 * @type {import("./make-engine.mjs").Maker}
 */
export async function launch(folder, { log, env, signal }) {
  log(`fetching Pulumi ${PINNED} with the npm package pulumi@${LAUNCHER} (official launcher) …`);
  const home = join(folder, "home");
  await mkdir(home);
  // `npm run --silent` would keep this npm silent as well.
  const npm = [
    "--yes",
    "--prefix",
    ".",
    "--cache",
    "npm",
    "--fetch-retries=0",
    "--fetch-timeout=20000",
    "--loglevel=error",
  ];
  const { code, timedOut, output } = await run(
    "npm",
    ["exec", ...npm, `--package=pulumi@${LAUNCHER}`, "--", "pulumi", "version"],
    {
      cwd: folder,
      env: { ...env, PULUMI_HOME: home, PULUMI_VERSION: PINNED, PULUMI_SKIP_UPDATE_CHECK: "1" },
      timeoutMs: 180_000,
      signal,
      shell: process.platform === "win32",
      progress: (seconds) => log(`fetching Pulumi ${PINNED}, ${seconds} s so far …`),
    },
  );
  if (code === 0) return join(home, "versions", PINNED, "bin");
  log(`it could not be fetched: ${timedOut ? "not done in 180 s" : (failureIn(output) ?? `exit code ${code}`)}`);
  return null;
}

/** The line that says what failed: the launcher's own, else npm's, else the last one. */
function failureIn(/** @type {string} */ output) {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return (
    lines.find((line) => line.startsWith("pulumi: ")) ??
    lines.find((line) => /^npm err\w* code/i.test(line)) ??
    lines.at(-1)
  );
}
