// `npm run schemathesis`: generates requests from openapi/sei.yaml, right ones and wrong ones, and holds the simulator to it.
// Its own option is --url URL, a simulator that runs already; every other option is schemathesis's (--seed, -n, --phases).

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startSimulator } from "../story/simulator.mjs";
import { findSchemathesis, NoSchemathesisError } from "./find-schemathesis.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const HERE = join(ROOT, "scripts", "schemathesis");

const args = process.argv.slice(2);
const at = args.indexOf("--url");
const given = at < 0 ? undefined : args.splice(at, 2)[1];
// Schemathesis leaves files where it runs.
const folder = await mkdtemp(join(tmpdir(), "sei-schemathesis-"));
try {
  const st = await findSchemathesis({ log: (line) => console.error(line) });
  const simulator = given === undefined ? await start() : null;
  try {
    process.exitCode = await test(st, simulator?.url ?? given ?? "");
  } finally {
    await simulator?.stop();
  }
} catch (error) {
  console.error(error instanceof NoSchemathesisError ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function start() {
  const cli = join(ROOT, "dist", "cli", "main.js");
  return startSimulator({ cli, data: join(folder, "data"), seed: join(HERE, "people.csv") });
}

async function test(/** @type {string} */ st, /** @type {string} */ url) {
  const config = ["--config-file", join(HERE, "schemathesis.toml")];
  const what = [join(ROOT, "openapi", "sei.yaml"), "--url", url, "--header", "x-api-key: simulator"];
  const child = spawn(st, [...config, "run", ...what, ...args], {
    cwd: folder,
    env: { ...process.env, SCHEMATHESIS_HOOKS: join(HERE, "hooks.py"), PYTHONDONTWRITEBYTECODE: "1" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [code] = await once(child, "close");
  return Number(code ?? 1);
}
