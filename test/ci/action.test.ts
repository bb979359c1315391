import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AS_LIVE, CHANGED, PEOPLE, WITH_KEY } from "../cli/account.js";
import { started } from "../simulator/support.js";
import { ACTION, type ActionRun, runAction } from "./action.js";
import { BOT, type GitHubServer, playGitHub } from "./github-server.js";
import { HEAD, KEY, MERGE, newFolder, PULL_REQUEST, ROOT, runnerOf, SUM } from "./script.js";

jest.setTimeout(120_000);

const JSON_REPORT = JSON.stringify({ checksum: SUM, summary: { create: 2, update: 1, delete: 0 } });

/** A name that does harm wherever it is taken for more than a name. */
const EVIL = `ros"ter's $(touch pwned) \`touch pwned\` \${HOME} ; touch pwned & | > pwned`;

/** The environment of a step that uses the action, with an npm that installs a program of the tests. */
function worldOf(
  server: GitHubServer,
  {
    event = PULL_REQUEST,
    env = {},
    program = join(__dirname, "fake-roster.cjs"),
  }: { event?: unknown; env?: Readonly<Record<string, string>>; program?: string } = {},
) {
  const bin = newFolder();
  const log = join(bin, "log");
  writeFileSync(
    join(bin, "npm"),
    `#!/bin/sh
printf '%s\\n' "$*" >> "${bin}/npm-log"
[ -z "$SEI_API_KEY" ] || echo "the key is here" >> "${bin}/npm-log"
mkdir -p node_modules/pulumi-harness-sei/dist/cli
printf 'require(%s)' '${JSON.stringify(program)}' > node_modules/pulumi-harness-sei/dist/cli/main.js
`,
  );
  chmodSync(join(bin, "npm"), 0o755);
  const runner = runnerOf(server, event, {
    PATH: `${bin}:${process.env["PATH"]}`,
    SEI_API_KEY: KEY,
    ACTIONS_RUNTIME_TOKEN: "runtime",
    FAKE_LOG: log,
    ...env,
  });
  return {
    runner,
    use: (inputs: Readonly<Record<string, string>>, cwd = newFolder()) =>
      runAction({ version: "1.2.3", ...inputs }, runner, cwd),
    npm: () => readFileSync(join(bin, "npm-log"), "utf8"),
    calls: (): { args: string[]; secrets: string[]; cwd: string }[] =>
      existsSync(log)
        ? readFileSync(log, "utf8")
            .trim()
            .split("\n")
            .map((line) => JSON.parse(line))
        : [],
    summary: () => readFileSync(runner["GITHUB_STEP_SUMMARY"] ?? "", "utf8"),
  };
}

const withoutReports = ({ args }: { readonly args: readonly string[] }) =>
  args.filter((arg) => !arg.startsWith("--out="));

test("nothing of an input, an output or the event is ever a part of a shell's text", () => {
  expect(ACTION.runs.using).toBe("composite");
  for (const { run, shell } of ACTION.runs.steps) {
    expect([shell, run]).toEqual(["bash", expect.stringMatching(/^node "\$GITHUB_ACTION_PATH\/[a-z-]+\.mjs"$/)]);
  }
});

test("every step but the one that runs sei-roster is without the key, and that one is without the token", () => {
  for (const { id, env = {} } of ACTION.runs.steps) {
    if (id === "run") expect(env).not.toHaveProperty("GITHUB_TOKEN");
    else expect(env).toHaveProperty("SEI_API_KEY", "");
  }
});

test("plan: exit code 2 is no failure; outputs, summary and one comment", async () => {
  const server = await playGitHub();
  const env = { FAKE_CODE: "2", FAKE_MD: "## Plan\n", FAKE_JSON: JSON_REPORT, FAKE_OUT: "plan: 2 to create\n" };
  const { use, calls, summary, npm } = worldOf(server, { env });
  const ended = await use({ command: "plan", comment: "true", region: "prod1", account: "acc" });
  expect([ended.code, ended.ran]).toEqual([0, ["install", "run", "comment", "verdict"]]);
  expect(ended.outputs).toEqual({
    "exit-code": "2",
    checksum: SUM,
    changes: "3",
    summary: "plan: changes (2 create, 1 update)",
    "report-directory": expect.any(String),
  });
  expect(readFileSync(join(ended.outputs["report-directory"] ?? "", "report.txt"), "utf8")).toBe("plan: 2 to create\n");
  expect(calls().map(withoutReports)).toEqual([["plan", "--region=prod1", "--account=acc", "--", "roster/"]]);
  expect(calls().map(({ secrets }) => secrets)).toEqual([["SEI_API_KEY"]]);
  expect(npm()).toBe("install --ignore-scripts --omit=peer --no-audit --no-fund pulumi-harness-sei@1.2.3\n");
  expect(summary()).toBe("## Plan\n\n");
  expect(server.bodies(7)).toEqual([
    expect.stringMatching(
      `^<!-- sei-roster:plan name=default run=500.1 pr=7 head=${HEAD} checksum=${SUM} -->\n## Plan`,
    ),
  ]);
});

test.each([
  ["plan", "0", "", 0],
  ["plan", "1", "", 1],
  ["plan", "2", "true", 2],
  ["plan", "3", "", 3],
  ["drift", "2", "", 2],
  ["drift", "2", "false", 0],
  ["drift", "3", "false", 3],
  ["validate", "1", "", 1],
  ["plan", "130", "", 130],
])("%s that ends with %s (changes-fail: '%s') lets the step end with %i", async (command, code, changes, expected) => {
  const { use } = worldOf(await playGitHub(), { env: { FAKE_CODE: code } });
  const ended = await use({ command, "changes-fail": changes });
  expect([ended.code, ended.ran.at(-1), ended.outputs["exit-code"]]).toEqual([expected, "verdict", code]);
});

test("a checksum of a plan that is refused, or of another form, is no output", async () => {
  const refused = worldOf(await playGitHub(), { env: { FAKE_CODE: "3", FAKE_JSON: JSON_REPORT } });
  expect((await refused.use({ command: "plan" })).outputs["checksum"]).toBe("");
  const odd = worldOf(await playGitHub(), {
    env: { FAKE_CODE: "2", FAKE_JSON: '{"checksum":"$(id)","summary":{"x\\ny":1}}' },
  });
  expect((await odd.use({ command: "plan" })).outputs).toMatchObject({
    checksum: "",
    changes: "0",
    summary: "plan: changes",
  });
});

describe("inputs that want to be more", () => {
  test("quotes, newlines and $(...) reach sei-roster as they are, and the shell does not look at them", async () => {
    const { use, calls } = worldOf(await playGitHub());
    const cwd = newFolder();
    mkdirSync(join(cwd, EVIL.replaceAll("/", "")));
    const ended = await use(
      {
        command: "drift",
        source: `${EVIL}\n\n  -rf  \n--yes\n`,
        "working-directory": EVIL.replaceAll("/", ""),
        region: EVIL,
        account: "--yes",
        "fail-on": "a\nb",
        baseline: "'; touch pwned; '",
        name: "default",
      },
      cwd,
    );
    expect([ended.code, ended.err]).toEqual([0, ""]);
    expect(calls().map(withoutReports)).toEqual([
      [
        "drift",
        `--region=${EVIL}`,
        "--account=--yes",
        "--fail-on=a\nb",
        "--baseline='; touch pwned; '",
        "--",
        EVIL,
        "-rf",
        "--yes",
      ],
    ]);
    expect(existsSync(join(cwd, "pwned"))).toBe(false);
    expect(existsSync(join(cwd, EVIL.replaceAll("/", ""), "pwned"))).toBe(false);
  });

  test.each([
    ["version", "latest", "no exact version"],
    ["version", "1.2.3 --registry=http://127.0.0.1:1", "no exact version"],
    ["version", "npm:other@1.0.0", "no exact version"],
    ["command", "restore", "SEI_CI_COMMAND has a form that cannot be right"],
    ["mask-emails", "yes", "mask-emails is auto, true or false"],
    ["changes-fail", "no", "changes-fail is true, false or empty"],
    ["source", " \n ", "there is no source"],
  ])("%s: %j is refused", async (name, value, message) => {
    const { use } = worldOf(await playGitHub());
    const ended = await use({ command: "plan", [name]: value });
    expect([ended.code, ended.err]).toEqual([1, expect.stringContaining(message)]);
  });

  test("a name of a roster that a marker cannot hold makes no comment", async () => {
    const server = await playGitHub();
    const ended = await worldOf(server).use({ command: "plan", comment: "true", name: "x --> <b>" });
    expect([ended.code, ended.err]).toEqual([1, expect.stringContaining("a marker cannot hold name")]);
    expect(server.comments).toEqual([]);
  });

  test("what sei-roster prints gives the runner no command, and sets no output", async () => {
    const out = "::error::x\n::set-output name=checksum::evil\n";
    const { use } = worldOf(await playGitHub(), {
      env: { FAKE_OUT: out, FAKE_ERR: "::add-path::/evil\n", FAKE_CODE: "2" },
    });
    const ended = await use({ command: "plan" });
    const [, word = ""] = /^::stop-commands::([\w-]{36})\n/.exec(ended.out) ?? [];
    expect(ended.out).toBe(`::stop-commands::${word}\n${out}\n::${word}::\n`);
    expect(word).not.toBe("");
    expect(ended.outputs["checksum"]).toBe("");
  });
});

test.each([
  ["auto", true, false],
  ["auto", false, true],
  ["auto", undefined, true],
  ["true", true, true],
  ["false", false, false],
])("mask-emails %s in a repository with private %s: masked %s", async (input, isPrivate, masked) => {
  const event = { ...PULL_REQUEST, repository: { private: isPrivate } };
  const { use, calls } = worldOf(await playGitHub(), { event });
  await use({ command: "plan", "mask-emails": input });
  expect(calls()[0]?.args.includes("--mask-emails")).toBe(masked);
});

describe("files of a fork: validate and plan --against", () => {
  test("get no key and no setting, whatever the job has; validate speaks to the runner", async () => {
    const env = { SEI_REGION: "prod1", FAKE_OUT: "::error file=a::b\n" };
    const { use, calls } = worldOf(await playGitHub(), { env });
    const cwd = newFolder();
    mkdirSync(join(cwd, "base"));
    const validated = await use({ command: "validate", source: "a b" }, cwd);
    await use({ command: "plan", against: "base", comment: "true", region: "prod1" }, cwd);
    expect(calls().map(withoutReports)).toEqual([
      ["validate", "--output=github", "--", "a b"],
      ["plan", "--against=base", "--", "roster/"],
    ]);
    expect(calls().map(({ secrets }) => secrets)).toEqual([[], []]);
    expect(validated.out).toBe("::error file=a::b\n");
  });

  test("never make the comment of a plan against live", async () => {
    const server = await playGitHub();
    const cwd = newFolder();
    mkdirSync(join(cwd, "base"));
    const { use } = worldOf(server, { env: { FAKE_CODE: "2", FAKE_JSON: JSON_REPORT } });
    const ended = await use({ command: "plan", against: "base", comment: "true" }, cwd);
    expect([ended.ran, ended.outputs["checksum"]]).toEqual([["install", "run", "verdict"], ""]);
    expect(server.requests).toEqual([]);
  });

  test("a base without a roster: everything is new", async () => {
    const { use, calls } = worldOf(await playGitHub());
    const ended = await use({ command: "plan", against: "../base/roster/" });
    expect([ended.code, ended.outputs["exit-code"], calls()]).toEqual([0, "2", []]);
    expect(readFileSync(join(ended.outputs["report-directory"] ?? "", "report.txt"), "utf8")).toContain(
      "everything here is new",
    );
  });
});

describe("apply", () => {
  const planned = (sum: string) =>
    `<!-- sei-roster:plan name=default run=400.1 pr=7 head=${HEAD} checksum=${sum} -->\n## Plan`;
  const merged = (server: GitHubServer) =>
    server.merged.set(MERGE, [
      {
        number: 7,
        merged_at: "2026-11-21T00:00:00Z",
        merge_commit_sha: MERGE,
        head: { sha: HEAD },
        base: { ref: "main", repo: { full_name: "acme/people" } },
      },
    ]);
  const push = { repository: { private: true } };

  test("takes the reviewed checksum, and says in the pull request what came of it", async () => {
    const server = await playGitHub();
    merged(server);
    server.add(7, BOT, planned(SUM));
    const { use, calls } = worldOf(server, { event: push, env: { FAKE_OUT: "applied and verified\n" } });
    const ended = await use({ command: "apply", comment: "true", backup: "b.json", audit: "a.jsonl" });
    expect([ended.code, ended.ran]).toEqual([0, ["install", "reviewed", "run", "comment", "verdict"]]);
    expect(calls().map(({ args }) => args)).toEqual([
      ["apply", `--checksum=${SUM}`, "--backup=b.json", "--audit=a.jsonl", "--yes", "--", "roster/"],
    ]);
    expect(server.bodies(7)).toEqual([
      planned(SUM),
      expect.stringMatching(
        `^<!-- sei-roster:apply name=default run=500.1 pr=7 head=${MERGE} -->\n[\\s\\S]*applied and verified`,
      ),
    ]);
  });

  test("without a review nothing is run", async () => {
    const { use, calls } = worldOf(await playGitHub(), { event: push });
    const ended = await use({ command: "apply", comment: "true" });
    expect([ended.code, ended.ran, calls()]).toEqual([3, ["install", "reviewed"], []]);
    expect(ended.err).toContain("is not the merge of a pull request: nothing was reviewed, nothing is applied");
  });

  test("a person's checksum needs no pull request, but a form", async () => {
    const { use, calls } = worldOf(await playGitHub(), { event: push });
    expect((await use({ command: "apply", checksum: SUM.slice(0, 16) })).code).toBe(0);
    for (const checksum of ["", "--yes", "5e2cb5d3", `${SUM}\n--yes`]) {
      expect((await use({ command: "apply", checksum })).code).toBe(1);
    }
    expect(calls()).toHaveLength(1);
  });
});

describe("with the real sei-roster and an account", () => {
  const program = join(newFolder(), "real.cjs");
  beforeAll(() => {
    const [loader, cli] = [join(ROOT, "test", "cli", "run.cjs"), join(ROOT, "provider", "cli", "main.ts")];
    writeFileSync(program, `require(${JSON.stringify(loader)}); require(${JSON.stringify(cli)});`);
  });
  const roster = (text: string) => {
    const cwd = newFolder();
    mkdirSync(join(cwd, "roster"));
    writeFileSync(join(cwd, "roster", "people.yaml"), text);
    return cwd;
  };

  test("validate annotates, also what is named to do harm", async () => {
    const { use } = worldOf(await playGitHub(), { program });
    const evil = AS_LIVE.replace("Ada Lovelace", '"::error::$(id)\\n::add-path::/evil"').replace(
      "manager: ada@",
      "manager: adda@",
    );
    const ended = await use({ command: "validate" }, roster(evil));
    expect(ended.code).toBe(1);
    const commands = ended.out.split("\n").filter((line) => line.startsWith("::"));
    expect(commands).toEqual([expect.stringMatching(/^::error file=roster\/people.yaml,line=7,.*adda@example.com/)]);
  });

  test("the two versions of the files are compared without a key and without an account", async () => {
    const cwd = roster(CHANGED);
    cpSync(join(roster(AS_LIVE), "roster"), join(cwd, "base"), { recursive: true });
    const { use } = worldOf(await playGitHub(), { program, env: { SEI_ENDPOINT: "http://127.0.0.1:1" } });
    const ended = await use({ command: "plan", against: "base" }, cwd);
    expect([ended.code, ended.outputs["exit-code"], ended.outputs["checksum"], ended.err]).toEqual([0, "2", "", ""]);
    const report = readFileSync(join(ended.outputs["report-directory"] ?? "", "report.txt"), "utf8");
    expect(report).toContain("nia@example.com");
    const same = await use({ command: "plan", against: "roster/" }, cwd);
    expect([same.code, same.outputs["exit-code"]]).toEqual([0, "0"]);
  });

  test("plan, review, merge, apply, drift: one comment, one apply, no issue", async () => {
    const account = await started(WITH_KEY, PEOPLE);
    const server = await playGitHub();
    const cwd = roster(CHANGED);
    const env = { SEI_ENDPOINT: account.url, PULUMI_HARNESS_SEI_CACHE: newFolder() };
    const plan = await worldOf(server, { program, env }).use({ command: "plan", comment: "true" }, cwd);
    expect([plan.code, plan.outputs["exit-code"], plan.err]).toEqual([0, "2", ""]);
    expect(plan.outputs["checksum"]).toMatch(/^[0-9a-f]{64}$/);
    expect(account.emails()).toContain("alan@example.com");

    server.merged.set(MERGE, [
      {
        number: 7,
        merged_at: "2026-11-21T00:00:00Z",
        merge_commit_sha: MERGE,
        head: { sha: HEAD },
        base: { ref: "main", repo: { full_name: "acme/people" } },
      },
    ]);
    const push = { repository: { private: true } };
    const apply = await worldOf(server, { program, env, event: push }).use({ command: "apply", comment: "true" }, cwd);
    expect([apply.code, said(apply)]).toEqual([0, expect.stringContaining("applied")]);
    expect(account.emails()).toEqual(expect.not.arrayContaining(["alan@example.com"]));
    expect(server.bodies(7)).toHaveLength(2);

    const drift = await worldOf(server, { program, env, event: push }).use({ command: "drift", issue: "true" }, cwd);
    expect([drift.code, server.issues]).toEqual([0, []]);
    await account.remove("nia@example.com");
    const again = await worldOf(server, { program, env, event: push }).use({ command: "drift", issue: "true" }, cwd);
    expect([again.code, server.issues.length]).toEqual([2, 1]);
    expect(server.issues[0]?.body).toContain("nia@example.com");
  });

  test("live has changed since the review: nothing is applied, and the pull request says so", async () => {
    const account = await started(WITH_KEY, PEOPLE);
    const server = await playGitHub();
    const env = { SEI_ENDPOINT: account.url, PULUMI_HARNESS_SEI_CACHE: newFolder() };
    account.resetRequests();
    const cwd = roster(CHANGED);
    const inputs = { command: "apply", comment: "true", checksum: "0123456789abcdef", "pull-request": "7" };
    const ended = await worldOf(server, { program, env }).use(inputs, cwd);
    expect([ended.code, ended.ran.at(-1)]).toEqual([3, "verdict"]);
    expect(account.requests().filter(({ method }) => method !== "GET")).toEqual([]);
    expect(server.bodies(7)).toEqual([expect.stringContaining("apply: refused")]);
  });
});

function said({ out }: ActionRun): string {
  return out;
}
