import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { BOT, type GitHubServer, MALLORY, playGitHub } from "./github-server.js";
import { GITHUB, newFolder, run, runnerOf, SUM } from "./script.js";

jest.setTimeout(60_000);

const RAN = {
  command: "drift",
  code: 2,
  out: "",
  err: "",
  markdown: "## Drift\n\nnia is gone\n",
  checksum: SUM,
  changes: 1,
  summary: "drift: changes (1 create)",
};
const CLEAN = { code: 0, markdown: "No drift\n", summary: "drift: nothing to do" };
const MARKER = `<!-- sei-roster:drift name=default run=400.1 checksum=${SUM} -->`;

function drift(server: GitHubServer, ran: Partial<typeof RAN> = {}, env: Readonly<Record<string, string>> = {}) {
  const folder = newFolder();
  writeFileSync(join(folder, "ran.json"), JSON.stringify({ ...RAN, ...ran }));
  return run("node", [join(GITHUB, "drift-issue.mjs")], { ...runnerOf(server, {}), SEI_CI_REPORTS: folder, ...env });
}

function issue(server: GitHubServer, user = BOT, body = MARKER, more: object = {}) {
  const one = { number: server.issues.length + 1, user, title: "t", labels: [], body, state: "open" as const, ...more };
  server.issues.push(one);
  return one;
}

const open = (server: GitHubServer) => server.issues.filter(({ state }) => state === "open");

test("drift opens an issue, with labels; the next night updates it without a word; clean closes it", async () => {
  const server = await playGitHub();
  expect((await drift(server, {}, { SEI_CI_ISSUE_LABELS: "roster, drift" })).code).toBe(0);
  expect(open(server)).toEqual([
    expect.objectContaining({ title: "Drift: live differs from the roster", labels: ["roster", "drift"] }),
  ]);
  const [first] = server.issues;
  expect(first?.body).toMatch(/^<!-- sei-roster:drift name=default run=500\.1 checksum=[0-9a-f]{64} -->\n## Drift/);
  await drift(server, {}, { GITHUB_RUN_ID: "501" });
  expect([server.issues.length, server.comments]).toEqual([1, []]);
  expect(first?.body).toContain("run=501.1");
  expect((await drift(server, CLEAN)).out).toBe(`issue #${first?.number}: closed\n`);
  expect([open(server), server.bodies(first?.number ?? 0)]).toEqual([
    [],
    [expect.stringContaining("as declared again")],
  ]);
  expect((await drift(server, CLEAN)).out).toBe("issue: none\n");
  await drift(server);
  expect([server.issues.length, open(server).length]).toEqual([2, 1]);
});

test("it is found across pages, by its marker and its author; an issue of somebody else is never touched", async () => {
  const server = await playGitHub();
  for (let i = 0; i < 4; i++) issue(server, MALLORY, "chat");
  const forged = issue(server, MALLORY);
  const pull = issue(server, BOT, MARKER, { pull_request: {} });
  const other = issue(server, BOT, MARKER.replace("default", "eu"));
  const own = issue(server);
  expect((await drift(server)).out).toBe(`issue #${own.number}: updated\n`);
  expect((await drift(server, CLEAN)).out).toBe(`issue #${own.number}: closed\n`);
  expect([forged, pull, other].map(({ body, state }) => [body, state])).toEqual([
    [MARKER, "open"],
    [MARKER, "open"],
    [MARKER.replace("default", "eu"), "open"],
  ]);
});

test("drift of another kind is told in a comment, because an edit notifies nobody", async () => {
  const server = await playGitHub();
  const own = issue(server);
  await drift(server, { checksum: "c".repeat(64) });
  expect(server.bodies(own.number)).toEqual([
    expect.stringContaining("The drift is another one now: drift: changes (1 create)"),
  ]);
});

test("several become one: the oldest stays", async () => {
  const server = await playGitHub();
  const [oldest, second] = [issue(server), issue(server)];
  await drift(server);
  expect(open(server)).toEqual([oldest]);
  expect(server.bodies(second?.number ?? 0)).toEqual([`The same as #${oldest?.number}.`]);
});

test.each([1, 3, 130])("exit code %i says nothing of drift: the issue stays as it is", async (code) => {
  const server = await playGitHub();
  issue(server);
  expect(await drift(server, { code })).toMatchObject({
    code: 0,
    out: "drift is not known: the issue stays as it is\n",
  });
  expect(server.requests).toEqual([]);
});

test("a 502 after the issue was opened does not open a second one", async () => {
  const server = await playGitHub();
  server.faults.push(({ method }, done) => (method === "POST" ? done().then(() => ({ status: 502 })) : undefined));
  expect((await drift(server)).code).toBe(0);
  expect(server.issues).toHaveLength(1);
});

test("a report that is too long fits", async () => {
  const server = await playGitHub();
  await drift(server, { markdown: "x\n".repeat(100_000) });
  expect(server.issues[0]?.body.length).toBeLessThanOrEqual(65_536);
});
