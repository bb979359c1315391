// Finds sei-roster: the one that this action came with, or the version that was asked for, from npm.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { main, needed, optional } from "../shared/main.mjs";
import { setOutputs } from "./run-context.mjs";

const PACKAGE = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

await main(async () => {
  const version = optional("SEI_CI_VERSION");
  const own = join(PACKAGE, "dist", "cli", "main.js");
  const cli = version === "" && existsSync(own) ? own : await fromNpm(version || ownVersion());
  await setOutputs({ cli });
});

function ownVersion() {
  return String(JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8")).version);
}

async function fromNpm(/** @type {string} */ version) {
  // Tags move, and npm takes addresses and other packages where it takes a version.
  if (!/^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.test(version)) {
    throw new Error(`version ${JSON.stringify(version)} is no exact version such as 1.2.3`);
  }
  const folder = join(needed("RUNNER_TEMP"), `sei-roster-${version}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  const args = [
    "install",
    "--ignore-scripts",
    "--omit=peer",
    "--no-audit",
    "--no-fund",
    `pulumi-harness-sei@${version}`,
  ];
  const { status, error } = spawnSync("npm", args, {
    cwd: folder,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0)
    throw new Error(`npm install of version ${version} failed${error === undefined ? "" : `: ${error.message}`}`);
  return join(folder, "node_modules", "pulumi-harness-sei", "dist", "cli", "main.js");
}
