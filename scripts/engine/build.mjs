import { chmod, copyFile, mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { builtFolder } from "./cache-folder.mjs";
import { checkEngine, PARTS } from "./check-engine.mjs";
import { run, tail } from "./run.mjs";
import { PINNED } from "./versions.mjs";

const here = dirname(fileURLToPath(import.meta.url));

const STEPS = [
  {
    name: "the engine",
    module: join(here, "cli"),
    main: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    file: PARTS[0],
    flags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${PINNED}`,
  },
  {
    name: "the Node language host",
    module: join(here, "language-nodejs"),
    main: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    file: PARTS[1],
    flags: "-s -w",
  },
];

/**
 * Builds the engine with Go from its modules, at the versions that go.mod and go.sum pin. Takes minutes. Everything is
 * built in a folder of this process and then moved into place at once, so that neither an interrupted build nor a second
 * one at the same time leaves half an engine.
 *
 * @param {(line: string) => void} log
 * @returns {Promise<string | null>} the path of the executable; null when it could not be built.
 */
export async function build(log, env = process.env) {
  const { code } = await run("go", ["version"], { env, timeoutMs: 30_000 });
  if (code !== 0) {
    log("Go is not installed, so the engine cannot be built from its source");
    return null;
  }
  const target = builtFolder(env);
  const partial = `${target}.${process.pid}`;
  try {
    await mkdir(partial, { recursive: true });
    for (const [index, step] of STEPS.entries()) {
      const where = `${step.name}, step ${index + 1} of ${STEPS.length}`;
      log(`building Pulumi ${PINNED} from source with Go: ${where} (minutes, once) …`);
      const done = await run("go", ["build", "-ldflags", step.flags, "-o", join(partial, step.file), step.main], {
        cwd: step.module,
        env,
        timeoutMs: 40 * 60_000,
        progress: (seconds) => log(`  still building ${where}, ${seconds} s so far …`),
      });
      if (done.code !== 0) {
        log(`  go build failed:\n${tail(done.output)}`);
        return null;
      }
    }
    await addLauncher(partial, env);
    return await moveIntoPlace(partial, target);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** The launcher of dynamic providers is a script of the SDK's module. */
async function addLauncher(/** @type {string} */ folder, /** @type {NodeJS.ProcessEnv} */ env) {
  const module = await run("go", ["list", "-m", "-f", "{{.Dir}}", "github.com/pulumi/pulumi/sdk/v3"], {
    cwd: join(here, "language-nodejs"),
    env,
    timeoutMs: 60_000,
  });
  const name = PARTS[2];
  const file = join(folder, name);
  await copyFile(join(module.stdout.trim(), "nodejs", "dist", name), file);
  await chmod(file, 0o755);
}

async function moveIntoPlace(/** @type {string} */ partial, /** @type {string} */ target) {
  const pulumi = join(target, PARTS[0]);
  try {
    await rename(partial, target);
  } catch {
    // Something is there. From another process that was first it is as good as ours; a broken one makes room.
    if ("version" in (await checkEngine(pulumi))) return pulumi;
    await rm(target, { recursive: true, force: true });
    await rename(partial, target);
  }
  return pulumi;
}
