import { chmod, copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DYNAMIC_PROVIDER, LANGUAGE_HOST, PULUMI } from "./parts.mjs";
import { run, tail } from "./run.mjs";
import { PINNED } from "./versions.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const cli = join(here, "cli");

const STEPS = [
  {
    name: "CLI",
    module: cli,
    main: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    file: PULUMI,
    flags: `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${PINNED}`,
  },
  {
    name: "Node language host",
    module: join(here, "language-nodejs"),
    main: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    file: LANGUAGE_HOST,
    flags: "-s -w",
  },
];

/**
 * Builds the engine with Go from its modules, at the versions that go.mod and go.sum pin. Takes minutes.
 *
 * @type {import("./make-engine.mjs").Maker}
 */
export async function build(folder, { log, env: outer, signal }) {
  const [bin, temporary] = [join(folder, "bin"), join(folder, "tmp")];
  await Promise.all([mkdir(bin), mkdir(temporary)]);
  // No C compiler is needed, no go.work of a folder above counts, and what an interrupted go leaves is removed with the folder.
  const env = { CGO_ENABLED: "0", ...outer, GOWORK: "off", GOTMPDIR: temporary };
  const go = await run("go", ["version"], { env, timeoutMs: 30_000, signal });
  if (go.code !== 0) {
    log("Go is not on PATH (or does not run), so the engine cannot be built from its source");
    return null;
  }
  for (const [index, step] of STEPS.entries()) {
    const what = `building the Pulumi engine from source, step ${index + 1} of ${STEPS.length} (${step.name})`;
    log(`${what}: takes minutes, once …`);
    const args = ["build", "-mod=readonly", "-trimpath", "-ldflags", step.flags, "-o", join(bin, step.file), step.main];
    const built = await run("go", args, {
      cwd: step.module,
      env,
      timeoutMs: 40 * 60_000,
      signal,
      progress: (seconds) => log(`${what}, ${seconds} s so far …`),
    });
    if (built.code !== 0) {
      log(built.timedOut ? "go build did not end in 40 minutes" : `go build failed:\n${tail(built.output)}`);
      return null;
    }
  }
  return (await addDynamicProvider(bin, { log, env, signal })) ? bin : null;
}

/** The launcher of dynamic providers is a script in the SDK's module. */
async function addDynamicProvider(
  /** @type {string} */ bin,
  /** @type {import("./make-engine.mjs").Context} */ { log, env, signal },
) {
  const list = ["list", "-mod=readonly", "-m", "-f", "{{.Dir}}", "github.com/pulumi/pulumi/sdk/v3"];
  const sdk = await run("go", list, { cwd: cli, env, timeoutMs: 60_000, signal });
  if (sdk.code !== 0) {
    log(`go list failed:\n${tail(sdk.output)}`);
    return false;
  }
  const file = join(bin, DYNAMIC_PROVIDER);
  await copyFile(join(sdk.stdout.trim(), "nodejs", "dist", DYNAMIC_PROVIDER), file);
  await chmod(file, 0o755);
  return true;
}
