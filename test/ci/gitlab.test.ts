import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { BOT, type GitLabServer, MALLORY, playGitLab } from "./gitlab-server.js";
import { type Ended, GITLAB, HEAD, KEY, MERGE, newFolder, run, SUM, TOKEN } from "./script.js";

jest.setTimeout(120_000);

const JSON_REPORT = JSON.stringify({ checksum: SUM, summary: { create: 2 } });
const markerOf = (changes: Readonly<Record<string, string>> = {}) => {
  const values = { name: "default", run: "400.1", pr: "7", head: HEAD, checksum: SUM, ...changes };
  return `<!-- sei-roster:plan${Object.entries(values)
    .map(([key, value]) => ` ${key}=${value}`)
    .join("")} -->`;
};

/** A job that runs a script with the fake sei-roster. */
function jobOf(server: GitLabServer, env: Readonly<Record<string, string>> = {}) {
  const cwd = newFolder();
  const log = join(newFolder(), "log");
  const job = {
    CI_API_V4_URL: `${server.url}/api/v4`,
    CI_PROJECT_ID: "11",
    CI_PROJECT_DIR: cwd,
    CI_PROJECT_VISIBILITY: "private",
    CI_MERGE_REQUEST_IID: "7",
    CI_COMMIT_SHA: HEAD,
    CI_COMMIT_BRANCH: "main",
    CI_JOB_ID: "500",
    CI_JOB_URL: "https://gitlab.example.com/acme/people/-/jobs/500",
    CI_JOB_TOKEN: "job",
    SEI_ROSTER_GITLAB_TOKEN: TOKEN,
    SEI_ROSTER_SOURCE: "roster/",
    SEI_API_KEY: KEY,
    SEI_CI_CLI: join(__dirname, "fake-roster.cjs"),
    FAKE_LOG: log,
    ...env,
  };
  const calls = (): { args: string[]; secrets: string[] }[] =>
    existsSync(log)
      ? readFileSync(log, "utf8")
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line))
      : [];
  return {
    cwd,
    calls,
    args: () => calls().map(({ args }) => args.filter((arg) => !arg.startsWith("--out="))),
    run: (script: string, more: Readonly<Record<string, string>> = {}): Promise<Ended> =>
      run("node", [join(GITLAB, script)], { ...job, ...more }, cwd),
  };
}

describe("plan", () => {
  test("keeps one note, found among pages of others', and the key goes to sei-roster alone", async () => {
    const server = await playGitLab(TOKEN);
    for (let i = 0; i < 5; i++) server.add("merge_requests/7", MALLORY, markerOf());
    const job = jobOf(server, { FAKE_CODE: "2", FAKE_MD: "## Plan\n", FAKE_JSON: JSON_REPORT });
    expect(await job.run("plan.mjs")).toMatchObject({ code: 0, out: "note in !7: created\n" });
    expect(await job.run("plan.mjs", { CI_JOB_ID: "501" })).toMatchObject({ code: 0, out: "note in !7: updated\n" });
    expect(server.bodies("merge_requests/7")).toEqual([
      expect.stringMatching(
        `^<!-- sei-roster:plan name=default run=501.1 pr=7 head=${HEAD} checksum=${SUM} -->\n## Plan`,
      ),
    ]);
    expect(server.bodies("merge_requests/7", MALLORY)).toEqual(Array(5).fill(markerOf()));
    expect(job.calls()[0]?.secrets).toEqual(["SEI_API_KEY"]);
  });

  test("a system note and a note of another kind are left alone", async () => {
    const server = await playGitLab(TOKEN);
    Object.assign(server.add("merge_requests/7", BOT, markerOf()), { system: true });
    server.add("merge_requests/7", BOT, markerOf({ name: "eu" }));
    await jobOf(server).run("plan.mjs");
    expect(server.notes.map(({ body }) => body).slice(0, 2)).toEqual([markerOf(), markerOf({ name: "eu" })]);
    expect(server.notes).toHaveLength(3);
  });

  test.each([
    ["1", 1],
    ["3", 3],
  ])("exit code %s is told in the note, without a checksum, and fails the job", async (code, expected) => {
    const server = await playGitLab(TOKEN);
    const job = jobOf(server, { FAKE_CODE: code, FAKE_JSON: JSON_REPORT, FAKE_ERR: "refused: maxDelete\n" });
    expect((await job.run("plan.mjs")).code).toBe(expected);
    expect(server.bodies("merge_requests/7")).toEqual([expect.stringContaining("refused: maxDelete")]);
    expect(server.bodies("merge_requests/7")[0]?.split("\n")[0]).not.toContain("checksum");
  });

  test("in a pipeline of merged results, the head is the one of the branch", async () => {
    const server = await playGitLab(TOKEN);
    await jobOf(server, { CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: HEAD, CI_COMMIT_SHA: MERGE }).run("plan.mjs");
    expect(server.bodies("merge_requests/7")[0]).toContain(`head=${HEAD}`);
  });

  test.each([
    ["private", "auto", false],
    ["internal", "auto", true],
    ["public", "auto", true],
    ["public", "false", false],
  ])("in a %s project with %s: masked %s", async (visibility, mask, expected) => {
    const job = jobOf(await playGitLab(TOKEN), { CI_PROJECT_VISIBILITY: visibility, SEI_ROSTER_MASK_EMAILS: mask });
    await job.run("plan.mjs");
    expect(job.calls()[0]?.args.includes("--mask-emails")).toBe(expected);
  });

  test("502 and 429 are waited for, and a note that was written all the same is not written twice", async () => {
    const server = await playGitLab(TOKEN);
    server.faults.push(({ method }) => (method === "GET" ? { status: 502 } : undefined));
    server.faults.push(({ path }) =>
      path.endsWith("/notes") ? { status: 429, headers: { "retry-after": "2" } } : undefined,
    );
    server.faults.push(({ method }, done) => (method === "POST" ? done().then(() => ({ status: 500 })) : undefined));
    expect((await jobOf(server).run("plan.mjs")).code).toBe(0);
    expect(server.notes).toHaveLength(1);
  });
});

describe("apply", () => {
  const MERGED = { iid: 7, state: "merged", target_branch: "main", target_project_id: 11, sha: HEAD };
  const world = async (request: object = { merge_commit_sha: MERGE }) => {
    const server = await playGitLab(TOKEN);
    server.merged.set(MERGE, [{ ...MERGED, ...request }]);
    return { server, job: jobOf(server, { CI_COMMIT_SHA: MERGE, SEI_ROSTER_BACKUP: "b.json", FAKE_OUT: "applied\n" }) };
  };

  test.each<[string, object]>([
    ["a merge commit", { merge_commit_sha: MERGE }],
    ["a squash", { squash_commit_sha: MERGE }],
  ])("after %s: the reviewed plan, and a note of what came of it", async (_, request) => {
    const { server, job } = await world(request);
    for (let i = 0; i < 4; i++)
      server.add("merge_requests/7", MALLORY, markerOf({ checksum: "e".repeat(64), run: "999.1" }));
    server.add("merge_requests/7", BOT, markerOf()).lastEditedBy = BOT;
    expect((await job.run("apply.mjs")).code).toBe(0);
    expect(job.args()).toEqual([["apply", `--checksum=${SUM}`, "--backup=b.json", "--yes", "--", "roster/"]]);
    expect(server.bodies("merge_requests/7")).toEqual([
      markerOf(),
      expect.stringMatching(/^<!-- sei-roster:apply name=default run=500\.1 pr=7 head=b{40} -->\n[\s\S]*applied/),
    ]);
  });

  test.each<[string, object, (server: GitLabServer) => void, string]>([
    ["no plan note", {}, () => {}, "no plan comment"],
    ["only somebody else's", {}, (server) => server.add("merge_requests/7", MALLORY, markerOf()), "no plan comment"],
    [
      "a plan of another commit",
      { sha: "c".repeat(40) },
      (server) => server.add("merge_requests/7", BOT, markerOf()),
      "plan again",
    ],
    [
      "not merged",
      { state: "opened" },
      (server) => server.add("merge_requests/7", BOT, markerOf()),
      "is not the merge of",
    ],
    [
      "another branch",
      { target_branch: "x" },
      (server) => server.add("merge_requests/7", BOT, markerOf()),
      "is not the merge of",
    ],
    [
      "another project",
      { target_project_id: 12 },
      (server) => server.add("merge_requests/7", BOT, markerOf()),
      "is not the merge of",
    ],
    [
      "edited by a maintainer",
      {},
      (server) => {
        server.add("merge_requests/7", BOT, markerOf()).lastEditedBy = MALLORY;
      },
      "was edited by mallory",
    ],
  ])("%s: refused, and nothing is run", async (_, request, prepare, message) => {
    const { server, job } = await world({ merge_commit_sha: MERGE, ...request });
    prepare(server);
    expect(await job.run("apply.mjs")).toMatchObject({ code: 3, err: expect.stringContaining(message) });
    expect(job.calls()).toEqual([]);
  });

  test("a person's checksum needs no merge request", async () => {
    const server = await playGitLab(TOKEN);
    const job = jobOf(server, { SEI_ROSTER_CHECKSUM: SUM.slice(0, 16) });
    expect((await job.run("apply.mjs")).code).toBe(0);
    expect(job.args()).toEqual([["apply", `--checksum=${SUM.slice(0, 16)}`, "--yes", "--", "roster/"]]);
    expect(server.requests).toEqual([]);
  });

  test("a failed apply fails the job, and the note says it", async () => {
    const { server, job } = await world();
    server.add("merge_requests/7", BOT, markerOf());
    expect((await job.run("apply.mjs", { FAKE_CODE: "1", FAKE_ERR: "403 for DELETE\n" })).code).toBe(1);
    expect(server.bodies("merge_requests/7")[1]).toContain("403 for DELETE");
  });
});

test("drift: one issue, confidential where strangers read, updated, and closed when clean", async () => {
  const server = await playGitLab(TOKEN);
  const job = jobOf(server, {
    FAKE_CODE: "2",
    FAKE_MD: "## Drift\n",
    FAKE_JSON: JSON_REPORT,
    CI_PROJECT_VISIBILITY: "public",
  });
  const forged = { author: MALLORY, title: "x", confidential: false, state: "opened" as const };
  for (let iid = 1; iid < 5; iid++) {
    server.issues.push({
      ...forged,
      iid,
      description: markerOf()
        .replace(":plan", ":drift")
        .replace(/ (pr|head)=\w+/g, ""),
    });
  }
  expect((await job.run("drift.mjs", { SEI_ROSTER_FAIL_ON: "delete", SEI_ROSTER_BASELINE: "b.json" })).code).toBe(0);
  await job.run("drift.mjs", { CI_JOB_ID: "501" });
  const own = server.issues.filter(({ author }) => author.id === BOT.id);
  expect(own).toEqual([
    expect.objectContaining({ title: "Drift: live differs from the roster", confidential: true, state: "opened" }),
  ]);
  expect(own[0]?.description).toContain("run=501.1");
  expect(job.args()[0]).toEqual(["drift", "--mask-emails", "--fail-on=delete", "--baseline=b.json", "--", "roster/"]);
  expect((await job.run("drift.mjs", { FAKE_CODE: "3" })).code).toBe(3);
  expect(own[0]?.state).toBe("opened");
  expect(await job.run("drift.mjs", { FAKE_CODE: "0" })).toMatchObject({
    code: 0,
    out: `issue #${own[0]?.iid}: closed\n`,
  });
  expect(server.issues.filter(({ state }) => state === "opened")).toHaveLength(4);
});

test("validate leaves a Code Quality report", async () => {
  const finding = { severity: "error", rule: "R", message: "m", hint: "h", file: "roster/a.yaml", line: 5, column: 2 };
  const out = JSON.stringify({ findings: [finding, { ...finding, severity: "warning", line: 9 }] }, null, 2);
  const job = jobOf(await playGitLab(TOKEN), { FAKE_OUT: out, FAKE_CODE: "1" });
  expect((await job.run("validate.mjs")).code).toBe(1);
  const report = JSON.parse(readFileSync(join(job.cwd, "gl-code-quality-report.json"), "utf8"));
  expect(report).toEqual([
    {
      description: "m (h)",
      check_name: "R",
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      severity: "major",
      location: { path: "roster/a.yaml", lines: { begin: 5 } },
    },
    expect.objectContaining({ severity: "minor", fingerprint: report[0].fingerprint }),
  ]);
  expect(job.calls()[0]?.secrets).toEqual([]);
});

interface Job {
  readonly extends?: string;
  readonly rules?: readonly { readonly if: string }[];
  readonly script?: readonly string[];
  readonly before_script?: readonly string[];
  readonly stage?: string;
  readonly variables?: Readonly<Record<string, string>>;
}

describe("sei-roster.gitlab-ci.yml", () => {
  const text = readFileSync(join(GITLAB, "sei-roster.gitlab-ci.yml"), "utf8");
  const file: Record<string, Job> = parse(text);
  const jobs = Object.entries(file).filter(([name]) => name.startsWith("sei-roster "));
  const template = file[".sei-roster"] ?? {};

  test("every job extends the template, has rules, and runs a script that there is", () => {
    expect(jobs.map(([name]) => name)).toEqual(
      ["validate", "compare", "plan", "apply", "drift"].map((name) => `sei-roster ${name}`),
    );
    for (const [, { extends: from, rules = [], script = [], stage }] of jobs) {
      expect([from, ["test", "deploy"].includes(stage ?? ""), rules.length > 0]).toEqual([".sei-roster", true, true]);
      const [, name = ""] = /node "\$SEI_ROSTER_CI\/([a-z-]+\.mjs)"$/.exec(script.at(-1) ?? "") ?? [];
      expect(existsSync(join(GITLAB, name)) && name !== "").toBe(true);
    }
  });

  test("the jobs with the key never run for a merge request from a fork", () => {
    for (const [name, { rules = [] }] of jobs) {
      for (const { if: condition } of rules) {
        const offline = ["sei-roster validate", "sei-roster compare"].includes(name);
        const guarded = /CI_MERGE_REQUEST_SOURCE_PROJECT_ID == \$CI_MERGE_REQUEST_PROJECT_ID/.test(condition);
        expect(offline || guarded || condition.includes("$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH")).toBe(true);
      }
    }
  });

  test("no variable that a user writes stands unquoted in a line of shell", () => {
    const lines = [template, ...jobs.map(([, job]) => job)].flatMap(({ before_script = [], script = [] }) => [
      ...before_script,
      ...script,
    ]);
    expect(lines.length).toBeGreaterThan(8);
    for (const line of lines) expect(line.replace(/"[^"]*"/g, "")).not.toContain("$");
    expect(lines.join("\n")).not.toMatch(
      /CI_COMMIT_(TITLE|MESSAGE|REF_NAME)|CI_MERGE_REQUEST_TITLE|SOURCE_BRANCH_NAME/,
    );
  });

  test("the lines of the compare job work on a real repository, and get the files of the base", async () => {
    const origin = newFolder();
    const git = (...args: string[]) =>
      run("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", "-C", origin, ...args], {});
    await git("init", "--quiet", "--initial-branch=main");
    const folder = `ros"ter $(touch pwned)`;
    mkdirSync(join(origin, folder));
    for (const version of ["1", "2"]) {
      writeFileSync(join(origin, folder, "a.yaml"), `version: ${version}\n`);
      await git("add", ".");
      await git("commit", "--quiet", "-m", version);
    }
    const base = (await git("rev-parse", "HEAD^")).out.trim();
    const checkout = join(newFolder(), "checkout");
    const cloned = await run("git", ["clone", "--quiet", "--depth", "1", `file://${origin}`, checkout], {});
    expect(cloned.code).toBe(0);
    const home = newFolder();
    const server = await playGitLab(TOKEN);
    const log = join(home, "log");
    const script = (file["sei-roster compare"]?.script ?? []).join("\n");
    const ended = await run(
      "bash",
      ["-eo", "pipefail", "-c", script],
      {
        CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
        CI_PROJECT_DIR: checkout,
        SEI_ROSTER_HOME: home,
        SEI_ROSTER_CI: GITLAB,
        SEI_ROSTER_SOURCE: folder,
        SEI_CI_CLI: join(__dirname, "fake-roster.cjs"),
        SEI_API_KEY: KEY,
        FAKE_LOG: log,
        FAKE_CODE: "2",
      },
      checkout,
    );
    expect([ended.code, server.requests]).toEqual([0, []]);
    const call = JSON.parse(readFileSync(log, "utf8"));
    expect(call.args.filter((arg: string) => !arg.startsWith("--out="))).toEqual([
      "plan",
      "--mask-emails",
      `--against=${home}/base/${folder}`,
      "--",
      folder,
    ]);
    expect(call.secrets).toEqual([]);
    expect(readFileSync(join(home, "base", folder, "a.yaml"), "utf8")).toBe("version: 1\n");
    expect(existsSync(join(checkout, "pwned"))).toBe(false);
  });

  test("several sources and globs have several other versions; what is new has none", async () => {
    const folder = newFolder();
    const log = join(folder, "log");
    const base = join(folder, "base");
    for (const one of ["a", "b"]) mkdirSync(join(base, one), { recursive: true });
    const env = {
      CI_PROJECT_DIR: folder,
      SEI_ROSTER_BASE: base,
      SEI_CI_CLI: join(__dirname, "fake-roster.cjs"),
      FAKE_LOG: log,
      FAKE_CODE: "2",
    };
    const compare = (source: string) =>
      run(process.execPath, [join(GITLAB, "plan-files.mjs")], { ...env, SEI_ROSTER_SOURCE: source }, folder);
    expect((await compare("a/\nb/\nnew/\n{a,b}/*.yaml\n")).code).toBe(0);
    const { args } = JSON.parse(readFileSync(log, "utf8"));
    expect(args.filter((arg: string) => arg.startsWith("--against="))).toEqual([
      `--against=${base}/a/`,
      `--against=${base}/b/`,
      `--against=${base}/{a,b}/*.yaml`,
    ]);
    expect(args.slice(args.indexOf("--") + 1)).toEqual(["a/", "b/", "new/", "{a,b}/*.yaml"]);
    expect((await compare("new/")).out).toContain("everything here is new");
  });
});
