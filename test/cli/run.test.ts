import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { seiRoster, start } from "./child.js";

// Processes take their time on a busy machine.
jest.setTimeout(60_000);

const failing = (command: string, env: Readonly<Record<string, string>> = {}) =>
  start([command], { script: "failing.cjs", env });

test("an error is one line, without a stack and without the key, and exit code 1", async () => {
  const env = { SEI_API_KEY: "pat.secret.key" };
  const ended = await Promise.all(
    ["throw", "later", "reject", "nameless", "text"].map((command) => failing(command, env).ended),
  );
  expect(ended).toEqual(
    ["no good: [key]", "later: [key]", "nobody waits for this", "RangeError", "only a text"].map((message) => ({
      code: 1,
      out: "",
      err: `error: ${message}\n`,
    })),
  );
});

test("SEI_DEBUG=1 shows where an error came from, still without the key", async () => {
  const { code, err } = await failing("throw", { SEI_API_KEY: "pat.secret.key", SEI_DEBUG: "1" }).ended;
  expect([code, err]).toEqual([1, expect.stringMatching(/^error: TypeError: no good: \[key\]\n\s+at .*failing\.cjs:/)]);
});

test("SIGINT is 130; a command that has something to put in order does so first", async () => {
  const ended = await Promise.all(
    ["wait", "tidy"].map(async (command) => {
      const child = failing(command);
      await once(child.process.stdout, "data");
      child.process.kill("SIGINT");
      return child.ended;
    }),
  );
  expect(ended).toEqual([
    { code: 130, out: "ready\n", err: "" },
    { code: 130, out: "ready\ntidied\n", err: "" },
  ]);
});

test("a reader who has enough is no error, and ends nothing early", async () => {
  const child = failing("talk");
  await once(child.process.stdout, "data");
  child.process.stdout.destroy();
  const { code, err } = await child.ended;
  expect([code, err]).toEqual([2, "went on"]);
});

(existsSync("/dev/full") ? test : test.skip)("output that cannot be written is an error", async () => {
  const full = openSync("/dev/full", "w");
  const child = spawn(process.execPath, [join(__dirname, "failing.cjs"), "talk"], { stdio: ["ignore", full, "pipe"] });
  let err = "";
  child.stderr?.on("data", (chunk) => (err += chunk));
  const [code] = await once(child, "close");
  expect([code, err]).toEqual([1, expect.stringContaining("ENOSPC")]);
});

test("help, versions and wrong usage", async () => {
  const [help, none, version, slip, option, sub] = await Promise.all([
    seiRoster(["--help"]),
    seiRoster([]),
    seiRoster(["--version"]),
    seiRoster(["vaildate", "roster/"]),
    seiRoster(["validate", "roster/", "--ouptut", "json"]),
    seiRoster(["help", "validate"]),
  ]);
  expect(help).toMatchObject({ code: 0, err: "", out: expect.stringMatching(/validate.*simulate/s) });
  expect(none).toMatchObject({ code: 1, out: "", err: help.out });
  expect(version).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  expect(slip).toMatchObject({ code: 1, out: "", err: expect.stringContaining("Did you mean validate?") });
  expect(option).toMatchObject({ code: 1, out: "", err: expect.stringContaining("Did you mean --output?") });
  expect(sub).toMatchObject({ code: 0, err: "", out: expect.stringContaining("Exit code") });
});

test("the help loads no package but commander, validate no client and no simulator, and nothing loads Pulumi", async () => {
  const loadedBy = async (...args: string[]) => {
    const { err } = await seiRoster(args, { script: "loaded.cjs" });
    return (JSON.parse(err) as string[]).map((path) => path.replaceAll("\\", "/"));
  };
  const matching = (paths: readonly string[], pattern: RegExp) => paths.filter((path) => pattern.test(path));
  const [help, validate] = await Promise.all([
    loadedBy("--help"),
    loadedBy("validate", join(__dirname, "..", "simulator", "people.csv")),
  ]);
  expect(matching(validate, /\/node_modules\/(yaml|csv-parse)\//).length).toBeGreaterThan(0);
  expect(matching(help, /\/node_modules\/(?!commander\/|@swc\/)/)).toEqual([]);
  expect(matching(validate, /\/node_modules\/(undici|hono|@hono|@pulumi|csv-stringify)\//)).toEqual([]);
  expect(
    matching(
      validate,
      /\/provider\/(sei\/(?!package-version)|apply|pulumi|simulator\/(simulator|http\/app|operations))/,
    ),
  ).toEqual([]);
});
