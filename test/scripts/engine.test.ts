import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

/** The finder runs as users run it, as a program, in a world of fake executables. */

const MAIN = resolve(__dirname, "../../scripts/engine/main.mjs");
const HOST = "pulumi-language-nodejs";
const DYNAMIC = "pulumi-resource-pulumi-nodejs";

let world: string;
beforeEach(() => {
  world = mkdtempSync(join(tmpdir(), "sei-engine-"));
});
afterEach(() => rmSync(world, { recursive: true, force: true }));

function script(folder: string, name: string, body: string): string {
  const file = join(world, folder, name);
  mkdirSync(join(world, folder), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** A folder with a whole engine. */
function engine(folder: string, version = "v3.260.0", without: readonly string[] = []): string {
  for (const part of [HOST, DYNAMIC]) if (!without.includes(part)) script(folder, part, "exit 0");
  return script(folder, "pulumi", `echo "${version}"`);
}

/** A `go` that logs what it was asked to do, and "builds" shell scripts. `before` runs first in each build. */
function fakeGo(before = "", version = "3.250.0"): void {
  script("sdk/nodejs/dist", DYNAMIC, "exit 0");
  script(
    "go",
    "go",
    `echo "$*" >> "${world}/go.log"
     case "$1" in
       version) echo "go version go1.26" ;;
       list) echo "${world}/sdk" ;;
       build)
         ${before}
         while [ "$1" != "-o" ]; do shift; done
         printf '#!/bin/sh\\necho ${version}\\n' > "$2"
         /bin/chmod 755 "$2" ;;
     esac`,
  );
}

const goBuilds = (): number => readFileSync(join(world, "go.log"), "utf8").match(/^build/gm)?.length ?? 0;
const cache = (): string => join(world, "cache", "engine", `3.250.0-${process.platform}-${process.arch}`);
const cached = (): string => join(cache(), "bin", "pulumi");
const leftovers = (): string[] => readdirSync(cache()).filter((name) => name !== "bin");

interface Found {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(...path: string[]): { child: ChildProcess; found: Promise<Found> } {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: path.map((folder) => join(world, folder)).join(delimiter),
      HOME: join(world, "home"),
      PULUMI_HARNESS_SEI_CACHE: join(world, "cache"),
    },
  });
  const text = { stdout: "", stderr: "" };
  child.stdout.on("data", (data: Buffer) => {
    text.stdout += data.toString();
  });
  child.stderr.on("data", (data: Buffer) => {
    text.stderr += data.toString();
  });
  const found = new Promise<Found>((done) => child.once("close", (code, signal) => done({ code, signal, ...text })));
  return { child, found };
}

const find = (...path: string[]): Promise<Found> => start(...path).found;

/** Runs a few lines against the finder's own modules, for what only they let be shortened. */
function inline(lines: string): Promise<string> {
  const code = lines.replaceAll(/from "\.\//g, `from "${resolve(MAIN, "..")}/`);
  const child = spawn(process.execPath, ["--input-type=module", "-e", code]);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data: Buffer) => {
      output += data.toString();
    });
  }
  return new Promise((done) => child.once("close", () => done(output)));
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries += 1) {
    if (tries > 500) throw new Error("it never came true");
    await new Promise((done) => setTimeout(done, 10));
  }
}

describe("an engine on PATH", () => {
  it("is printed as the only line of stdout", async () => {
    const pulumi = engine("bin");
    expect(await find("empty", "bin")).toEqual({
      code: 0,
      signal: null,
      stdout: `${pulumi}\n`,
      stderr: "Pulumi 3.260.0 (PATH)\n",
    });
  });

  it.each([
    [
      "too old",
      "echo v3.226.9",
      "it is 3.226.9, and 3.227.0 or newer is needed (for the exit code of --expect-no-changes)",
    ],
    ["broken", "echo oops >&2; exit 3", "it does not run (oops)"],
    ["silent and broken", "exit 3", "it does not run (exit code 3)"],
    ["something else", "echo hello", 'it does not tell its version ("hello")'],
  ])("is passed over with its reason when it is %s, and the next one is taken", async (_, body, reason) => {
    const bad = script("bad", "pulumi", body);
    const good = engine("good");
    const found = await find("bad", "good");
    expect(found).toMatchObject({ code: 0, stdout: `${good}\n` });
    expect(found.stderr).toBe(`passed over ${bad}: ${reason}\nPulumi 3.260.0 (PATH)\n`);
  });

  it.each([HOST, DYNAMIC])("is passed over when %s is nowhere", async (part) => {
    const bare = engine("bare", "v3.260.0", [part]);
    const found = await find("bare");
    expect(found.code).toBe(1);
    expect(found.stderr).toContain(`passed over ${bare}: ${part} is neither beside it nor on PATH\n`);
  });

  it("may have its other parts elsewhere on PATH", async () => {
    const bare = engine("bare", "v3.260.0", [HOST]);
    script("elsewhere", HOST, "exit 0");
    expect(await find("bare", "elsewhere")).toMatchObject({ code: 0, stdout: `${bare}\n` });
  });

  it("may be a link to a whole engine, which is then what is printed", async () => {
    const pulumi = engine("whole");
    mkdirSync(join(world, "links"));
    symlinkSync(pulumi, join(world, "links", "pulumi"));
    expect(await find("links")).toMatchObject({ code: 0, stdout: `${pulumi}\n` });
  });

  it("is not the npm launcher, which is not even run: that would download", async () => {
    mkdirSync(join(world, "links"));
    symlinkSync(script("npm-package", "run.js", `echo ran > "${world}/ran"`), join(world, "links", "pulumi"));
    expect((await find("links")).stderr).toContain("it is the npm package's launcher, not the engine itself\n");
    expect(existsSync(join(world, "ran"))).toBe(false);
  });

  it("is not a folder, nor a file that cannot be executed", async () => {
    mkdirSync(join(world, "folder", "pulumi"), { recursive: true });
    chmodSync(script("plain", "pulumi", "echo v3.260.0"), 0o644);
    const good = engine("good");
    expect(await find("folder", "plain", "good")).toMatchObject({
      stdout: `${good}\n`,
      stderr: "Pulumi 3.260.0 (PATH)\n",
    });
  });

  it("is passed over when it does not answer in time, and does not outlive that", async () => {
    const hung = script("bin", "pulumi", `echo $$ > "${world}/pid"; exec /bin/sleep 60`);
    const output = await inline(
      `import { checkEngine } from "./check-engine.mjs";
       console.log(await checkEngine(${JSON.stringify(hung)}, { timeoutMs: 300 }));`,
    );
    expect(output).toContain("it does not run (no answer in 0.3 s)");
    expect(() => process.kill(Number(readFileSync(join(world, "pid"), "utf8")), 0)).toThrow("ESRCH");
  });
});

describe("the cache", () => {
  it("comes before npm and Go", async () => {
    const pulumi = engine(`cache/engine/3.250.0-${process.platform}-${process.arch}/bin`, "3.250.0");
    fakeGo();
    expect(await find("go")).toEqual({
      code: 0,
      signal: null,
      stdout: `${pulumi}\n`,
      stderr: "Pulumi 3.250.0 (cache)\n",
    });
    expect(existsSync(join(world, "go.log"))).toBe(false);
  });

  it("is made again when what it holds does not run", async () => {
    script(`cache/engine/3.250.0-${process.platform}-${process.arch}/bin`, "pulumi", "exit 9");
    fakeGo();
    const found = await find("go");
    expect(found).toMatchObject({ code: 0, stdout: `${cached()}\n` });
    expect(found.stderr).toContain(`passed over ${cached()}: it does not run (exit code 9)\n`);
    expect(leftovers()).toEqual([]);
  });

  it("that cannot be written is an error that says how to name another", async () => {
    writeFileSync(join(world, "cache"), "a file, not a folder");
    fakeGo();
    const found = await find("go");
    expect(found).toMatchObject({ code: 1, stdout: "" });
    expect(found.stderr).toContain(`the engine could not be kept in ${cache()}: ENOTDIR`);
    expect(found.stderr).toContain("PULUMI_HARNESS_SEI_CACHE names another folder");
    expect(found.stderr).toContain("There is no Pulumi engine");
  });
});

describe("the npm launcher", () => {
  const fetches = (version: string): string =>
    `bin="$PULUMI_HOME/versions/$PULUMI_VERSION/bin"
     /bin/mkdir -p "$bin"
     for part in pulumi ${HOST} ${DYNAMIC}; do
       printf '#!/bin/sh\\necho ${version}\\n' > "$bin/$part"
       /bin/chmod 755 "$bin/$part"
     done
     echo "$*" > "${world}/npm.log"; echo noise on stdout`;

  it("fetches the engine into the cache, with a pinned version", async () => {
    script("npm", "npm", fetches("3.250.0"));
    const found = await find("npm");
    expect(found).toMatchObject({ code: 0, stdout: `${cached()}\n` });
    expect(found.stderr).toMatch(
      /^fetching Pulumi 3\.250\.0 with the npm package pulumi@[\d.]+ \(official launcher\) …\n/,
    );
    expect(readFileSync(join(world, "npm.log"), "utf8")).toMatch(
      /^exec --yes .*--loglevel=error --package=pulumi@[\d.]+ -- pulumi version\n$/,
    );
    expect(leftovers()).toEqual([]);
    expect((await find("nothing")).stderr).toBe("Pulumi 3.250.0 (cache)\n");
  });

  it.each([
    [
      "cannot download",
      'echo "Downloading pulumi v3.250.0..." >&2; echo "pulumi: fetch failed" >&2; exit 1',
      "pulumi: fetch failed",
    ],
    [
      "has no network",
      'echo "npm error code ENOTFOUND" >&2; echo "npm error A complete log" >&2; exit 1',
      "npm error code ENOTFOUND",
    ],
    ["says nothing", "exit 4", "exit code 4"],
  ])("that %s is followed by Go", async (_, body, reason) => {
    script("npm", "npm", body);
    fakeGo();
    const found = await find("npm", "go");
    expect(found).toMatchObject({ code: 0, stdout: `${cached()}\n` });
    expect(found.stderr).toContain(`it could not be fetched: ${reason}\nbuilding the Pulumi engine from source`);
  });

  it("that fetched something broken is followed by Go, and the cache keeps only the good one", async () => {
    script("npm", "npm", fetches("1.0.0"));
    fakeGo();
    const found = await find("npm", "go");
    expect(found.stderr).toContain("passed over what was made: it is 1.0.0");
    expect(found.stderr).toContain("Pulumi 3.250.0 (go)\n");
    expect(leftovers()).toEqual([]);
  });
});

describe("the build with Go", () => {
  it("makes the three executables, and says what it does on stderr alone", async () => {
    fakeGo();
    const found = await find("go");
    expect(found).toMatchObject({ code: 0, stdout: `${cached()}\n` });
    expect(found.stderr).toContain(
      "building the Pulumi engine from source, step 1 of 2 (CLI): takes minutes, once …\n",
    );
    expect(found.stderr).toContain("step 2 of 2 (Node language host): takes minutes, once …\nPulumi 3.250.0 (go)\n");
    expect(readdirSync(join(cache(), "bin")).sort()).toEqual(["pulumi", HOST, DYNAMIC]);
    expect(leftovers()).toEqual([]);
  });

  it("shows the last 20 lines of a failure, leaves nothing behind and ends with the way to install", async () => {
    fakeGo("for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21; do echo line-$i- >&2; done; exit 1");
    const found = await find("go");
    expect(found).toMatchObject({ code: 1, stdout: "" });
    expect(found.stderr).toContain("go build failed:\nline-2-\n");
    expect(found.stderr).toContain("line-21-\n");
    const install = { darwin: "brew install", linux: "curl -fsSL" }[process.platform as "darwin" | "linux"];
    expect(found.stderr).toContain(`There is no Pulumi engine, and none could be fetched or built`);
    expect(found.stderr).toContain(`Install it with\n\n    ${install}`);
    expect(readdirSync(cache())).toEqual([]);
  });

  it("is never a silent skip: without npm, Go and network it says so and fails", async () => {
    const found = await find("nothing");
    expect(found).toMatchObject({ code: 1, stdout: "" });
    expect(found.stderr).toContain("it could not be fetched: spawn npm ENOENT\n");
    expect(found.stderr).toContain("Go is not on PATH");
    expect(found.stderr).toContain("There is no Pulumi engine");
  });

  it("is never kept when what it made does not run", async () => {
    fakeGo("", "nonsense");
    const found = await find("go");
    expect(found.code).toBe(1);
    expect(found.stderr).toContain('passed over what was made: it does not tell its version ("nonsense")');
    expect(readdirSync(cache())).toEqual([]);
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "ends with all its processes on %s and removes what it had",
    async (signal) => {
      script(
        "bin",
        "compile",
        `trap 'echo > "${world}/ended"; exit' TERM; echo > "${world}/started"; while :; do /bin/sleep 0.1; done`,
      );
      fakeGo(`"${world}/bin/compile" & wait`);
      const { child, found } = start("go");
      await until(() => existsSync(join(world, "started")));
      child.kill(signal);
      expect(await found).toMatchObject({ signal, stdout: "" });
      expect(readdirSync(cache())).toEqual([]);
      await until(() => existsSync(join(world, "ended")));
    },
  );

  it("is done once by two processes at once", async () => {
    fakeGo("/bin/sleep 0.3");
    const both = await Promise.all([find("go"), find("go")]);
    expect(both.map(({ stdout }) => stdout)).toEqual([`${cached()}\n`, `${cached()}\n`]);
    expect(both.map(({ stderr }) => stderr).join("")).toContain(
      "waiting for another process that is making the engine",
    );
    expect(goBuilds()).toBe(2); // one for each of its two steps
    expect(leftovers()).toEqual([]);
  });

  it("is not held up by the lock and the unfinished folder of a killed process", async () => {
    const hours = new Date(Date.now() - 3 * 60 * 60_000);
    for (const name of ["bin.lock", "bin.partial-old"]) {
      mkdirSync(join(cache(), name), { recursive: true });
      utimesSync(join(cache(), name), hours, hours);
    }
    fakeGo();
    expect(await find("go")).toMatchObject({ code: 0, stdout: `${cached()}\n` });
    expect(leftovers()).toEqual([]);
  });

  it("takes the engine of another process that was first in spite of the lock", async () => {
    const theirs = `cache/engine/3.250.0-${process.platform}-${process.arch}/bin`;
    engine("theirs", "3.251.0");
    fakeGo(`if [ ! -e "${world}/${theirs}" ]; then /bin/cp -R "${world}/theirs" "${world}/${theirs}"; fi`);
    const found = await find("go");
    expect(found).toMatchObject({ code: 0, stdout: `${cached()}\n` });
    expect(found.stderr).toContain("Pulumi 3.251.0");
    expect(leftovers()).toEqual([]);
  });
});

it("long commands tell their progress", async () => {
  const output = await inline(
    `import { run } from "./run.mjs";
     await run("/bin/sleep", ["0.5"], { env: {}, timeoutMs: 9000, everyMs: 100, progress: (seconds) => console.log("tick", seconds) });`,
  );
  expect(output.match(/^tick [01]$/gm)?.length).toBeGreaterThanOrEqual(2);
});

it("long commands that do not end when they are told to are killed", async () => {
  const output = await inline(
    `import { run } from "./run.mjs";
     const deaf = ["-c", "trap '' TERM; while :; do /bin/sleep 0.05; done"];
     console.log(await run("/bin/sh", deaf, { env: {}, timeoutMs: 200, graceMs: 100 }));`,
  );
  expect(output).toContain("code: null, timedOut: true");
});
