import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { GITHUB, newFolder, ROOT, run } from "./script.js";

jest.setTimeout(600_000);

const ACTIONLINT = "v1.7.12";
const WORKFLOWS = join(GITHUB, "workflows");
const names = readdirSync(WORKFLOWS).sort();
const textOf = (name: string) => readFileSync(join(WORKFLOWS, name), "utf8");

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly if?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
  readonly environment?: string;
}
interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, { readonly workflows?: readonly string[] } | null>>;
  readonly permissions: object;
  readonly env: { readonly SEI_ROSTER_VERSION: string };
  readonly jobs: Readonly<Record<string, Job>>;
}
const workflowOf = (name: string): Workflow => parse(textOf(name));
const jobsOf = (name: string) => Object.values(workflowOf(name).jobs);

/** actionlint: built once, in the user's cache, from its module. Undefined where there is no Go and no network. */
function actionlint(): string | undefined {
  const cache = process.env["PULUMI_HARNESS_SEI_CACHE"] ?? join(homedir(), ".cache", "pulumi-harness-sei");
  const folder = join(cache, "actionlint", ACTIONLINT);
  const program = join(folder, process.platform === "win32" ? "actionlint.exe" : "actionlint");
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const env = { ...process.env, GOBIN: folder, GOWORK: "off", GOFLAGS: "" };
  const args = ["install", `github.com/rhysd/actionlint/cmd/actionlint@${ACTIONLINT}`];
  const { status, stderr } = spawnSync("go", args, { env, encoding: "utf8", cwd: folder, timeout: 500_000 });
  if (status === 0) return program;
  // In CI it may not be skipped.
  if (process.env["CI"] === "true") throw new Error(`actionlint cannot be built: ${stderr}`);
  console.warn("skipped: actionlint needs Go and its module proxy");
  return undefined;
}

/** A user's repository with the workflows, and the package where they install it. */
function usersRepository(): string {
  const folder = newFolder();
  const target = join(folder, ".github", "workflows");
  mkdirSync(target, { recursive: true });
  mkdirSync(join(folder, ".git"));
  for (const name of names) cpSync(join(WORKFLOWS, name), join(target, `sei-roster-${name}`));
  cpSync(GITHUB, join(folder, ".sei-roster", "node_modules", "pulumi-harness-sei", "ci", "github"), {
    recursive: true,
  });
  return folder;
}

test("the workflows pass actionlint, with the inputs and outputs of our action", async () => {
  const program = actionlint();
  if (program === undefined) return;
  const folder = usersRepository();
  expect(await run(program, ["-no-color", "-shellcheck=", "-pyflakes="], {}, folder)).toEqual({
    code: 0,
    out: "",
    err: "",
  });
  // It would be worth nothing if it did not look.
  const file = join(folder, ".github", "workflows", "sei-roster-plan.yml");
  writeFileSync(file, textOf("plan.yml").replace("command: validate", "commend: validate"));
  const { code, out } = await run(program, ["-no-color", "-shellcheck=", "-pyflakes="], {}, folder);
  expect([code, out]).toEqual([1, expect.stringContaining('input "commend" is not defined in action "sei-roster"')]);
});

test.each(names)("%s: least permissions, pinned actions, and no text of users in a shell", (name) => {
  const { permissions, env, jobs } = workflowOf(name);
  expect(permissions).toEqual({});
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  expect(env).toEqual({ SEI_ROSTER_VERSION: version });
  expect(textOf(name)).not.toContain("pull_request_target");
  for (const { permissions: own, steps } of Object.values(jobs)) {
    expect(own).toBeDefined();
    for (const { uses, run: shell = "", with: inputs = {} } of steps) {
      expect(shell).not.toContain("${{");
      if (uses === undefined || uses.startsWith("./.sei-roster/")) continue;
      expect(uses).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
      if (uses.startsWith("actions/checkout")) {
        // Never the root of the workspace: no file of a branch can stand where the action is installed.
        expect(inputs).toMatchObject({ path: "files", "persist-credentials": false });
      }
    }
  }
});

test("a job that reads a fork's files has no secret and may write nothing", () => {
  const { files, live } = workflowOf("plan.yml").jobs;
  expect(files?.permissions).toEqual({ contents: "read" });
  expect(JSON.stringify(files)).not.toMatch(/secrets\.|github\.token|SEI_API_KEY|environment/);
  expect(JSON.stringify(live)).toContain("secrets.SEI_API_KEY");
  expect(live?.if).toContain("github.event.pull_request.head.repo.full_name == github.repository");
});

test("the job after a fork's run checks nothing out, has no key, and does not run for branches of the repository", () => {
  const workflow = workflowOf("fork-comment.yml");
  expect(workflow.on["workflow_run"]?.workflows).toEqual([workflowOf("plan.yml").name]);
  const [job] = jobsOf("fork-comment.yml");
  expect(job?.permissions).toEqual({ actions: "read", "pull-requests": "write" });
  expect(job?.steps.some(({ uses = "" }) => uses.includes("checkout") || uses.includes("download"))).toBe(false);
  expect(JSON.stringify(job)).not.toMatch(/secrets\./);
  expect(job?.if).toContain("head_repository.full_name != github.repository");
});

test("apply runs on the default branch, in an environment, one after the other", () => {
  const workflow = workflowOf("apply.yml") as Workflow & { concurrency: object };
  expect(Object.keys(workflow.on)).toEqual(["push", "workflow_dispatch"]);
  expect(workflow.concurrency).toEqual({ group: "sei-roster-apply", "cancel-in-progress": false });
  const [job] = jobsOf("apply.yml");
  expect([job?.environment, job?.if]).toEqual([
    "sei-apply",
    "github.ref_name == github.event.repository.default_branch",
  ]);
});

test("the shell lines of the plan workflow work on a merge commit, and leave what the fork comment reads", async () => {
  const workspace = newFolder();
  const origin = newFolder();
  const git = (...args: string[]) =>
    run("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", "-C", origin, ...args], {});
  const commit = async (text: string) => {
    writeFileSync(join(origin, "people.yaml"), text);
    await git("add", ".");
    await git("commit", "--quiet", "-m", "$(touch pwned)");
  };
  await git("init", "--quiet", "--initial-branch=main");
  await commit("base");
  await git("checkout", "--quiet", "-b", "feature");
  await commit("change");
  await git("checkout", "--quiet", "main");
  await git("merge", "--quiet", "--no-ff", "-m", "m", "feature");
  const clone = ["clone", "--quiet", "--depth", "2", `file://${origin}`, join(workspace, "files")];
  expect((await run("git", clone, {})).code).toBe(0);
  const steps = workflowOf("plan.yml").jobs["files"]?.steps.flatMap(({ run: shell = "" }) => shell) ?? [];
  const shells = steps.filter((shell) => shell !== "" && !shell.startsWith("npm "));
  expect(shells).toHaveLength(2);
  for (const shell of shells) {
    expect(
      await run("bash", ["-eo", "pipefail", "-c", shell], { NUMBER: "7", REPORTS: workspace }, workspace),
    ).toMatchObject({ code: 0 });
  }
  expect(readFileSync(join(workspace, "base", "people.yaml"), "utf8")).toBe("base");
  expect(readFileSync(join(workspace, "files", "people.yaml"), "utf8")).toBe("change");
  expect(readFileSync(join(workspace, "pull-request.txt"), "utf8")).toBe("7\n");
});

test("the install line asks npm for the exact version, without scripts and without the Pulumi SDK", () => {
  const lines = names.flatMap((name) =>
    jobsOf(name).flatMap(({ steps }) => steps.flatMap(({ run: shell = "" }) => shell)),
  );
  const installs = new Set(lines.filter((line) => line.startsWith("npm ")));
  expect([...installs]).toEqual([
    'npm install --prefix .sei-roster --ignore-scripts --omit=peer --no-audit --no-fund "pulumi-harness-sei@$SEI_ROSTER_VERSION"',
  ]);
});
