import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { BOT, type GitHubServer, IMPOSTOR, MALLORY, playGitHub } from "./github-server.js";
import { GITHUB, HEAD, newFolder, PULL_REQUEST, run, runnerOf, SUM } from "./script.js";

jest.setTimeout(60_000);

const MARKER = `<!-- sei-roster:plan name=default run=500.1 pr=7 head=${HEAD} checksum=${SUM} -->`;
const RAN = {
  command: "plan",
  code: 2,
  out: "plan: 1 to create\n",
  err: "",
  markdown: "## Plan\n\n1 joins\n",
  checksum: SUM,
  changes: 1,
  summary: "plan: changes (1 create)",
};

/** Runs comment.mjs for a report. */
function comment(server: GitHubServer, ran: Partial<typeof RAN> = {}, env: Readonly<Record<string, string>> = {}) {
  const folder = newFolder();
  writeFileSync(join(folder, "ran.json"), JSON.stringify({ ...RAN, ...ran }));
  return run("node", [join(GITHUB, "comment.mjs")], {
    ...runnerOf(server, PULL_REQUEST),
    SEI_CI_REPORTS: folder,
    ...env,
  });
}

const writes = ({ requests }: GitHubServer) =>
  requests.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${path}`);

test("the first plan makes a comment: marker, report, and what will be applied", async () => {
  const server = await playGitHub();
  expect(await comment(server)).toEqual({ code: 0, out: "comment in #7: created\n", err: "" });
  const [body = "", ...others] = server.bodies(7);
  expect(others).toEqual([]);
  expect(body.split("\n").slice(0, 4)).toEqual([MARKER, "## Plan", "", "1 joins"]);
  expect(body).toContain(SUM.slice(0, 16));
  expect(body).toContain("https://github.example.com/acme/people/actions/runs/500");
});

test("it is found behind pages of others' comments and updated in place; theirs are left alone", async () => {
  const server = await playGitHub();
  for (let i = 0; i < 8; i++) server.add(7, MALLORY, `chat ${i}`);
  const forged = server.add(7, MALLORY, MARKER.replace("500.1", "9.1"));
  const impostor = server.add(7, IMPOSTOR, MARKER);
  const quoted = server.add(7, BOT, `another action quotes:\n${MARKER}`);
  const own = server.add(7, BOT, MARKER.replace("500.1", "499.1"));
  const other = server.add(7, BOT, MARKER.replace("name=default", "name=eu"));
  const before = [forged.body, impostor.body, quoted.body, other.body];
  expect((await comment(server)).out).toBe("comment in #7: updated\n");
  expect(writes(server)).toEqual([`PATCH /repos/acme/people/issues/comments/${own.id}`]);
  expect(own.body.startsWith(MARKER)).toBe(true);
  expect([forged.body, impostor.body, quoted.body, other.body]).toEqual(before);
});

test("the same report again sends nothing", async () => {
  const server = await playGitHub();
  await comment(server);
  server.requests.splice(0);
  expect((await comment(server)).out).toBe("comment in #7: unchanged\n");
  expect(writes(server)).toEqual([]);
});

test("a report of an older run does not replace a newer one's, nor the first attempt the second's", async () => {
  const server = await playGitHub();
  const own = server.add(7, BOT, MARKER.replace("500.1", "501.1"));
  expect((await comment(server)).out).toBe("comment in #7: older\n");
  own.body = MARKER.replace("500.1", "500.2");
  expect((await comment(server)).out).toBe("comment in #7: older\n");
  expect(writes(server)).toEqual([]);
});

test("comments that a race has left become one: the oldest stays, with the newest text", async () => {
  const server = await playGitHub();
  const [oldest] = ["497.1", "498.1", "499.1"].map((r) => server.add(7, BOT, MARKER.replace("500.1", r)));
  await comment(server);
  expect(server.comments).toEqual([
    expect.objectContaining({ id: oldest?.id, body: expect.stringContaining("1 joins") }),
  ]);
});

test("runs that race, for real, end with one comment", async () => {
  const server = await playGitHub();
  const runs = ["500", "501", "502", "503"];
  const ended = await Promise.all(runs.map((id) => comment(server, { markdown: `of ${id}` }, { GITHUB_RUN_ID: id })));
  expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  expect(server.bodies(7)).toEqual([expect.stringMatching(/\nof 50[0-3]\n/)]);
});

test("another run writes between our list and our comment: one is left, and it is the newer one", async () => {
  const server = await playGitHub();
  server.faults.push(({ method }, done) => {
    if (method !== "POST") return undefined;
    server.add(7, BOT, MARKER.replace("500.1", "501.1"));
    return done();
  });
  expect((await comment(server)).out).toBe("comment in #7: older\n");
  expect(server.bodies(7)).toEqual([MARKER.replace("500.1", "501.1")]);
});

test("a 502 after the comment was written does not make a second one", async () => {
  const server = await playGitHub();
  server.faults.push(({ method }, done) => (method === "POST" ? done().then(() => ({ status: 502 })) : undefined));
  expect((await comment(server)).code).toBe(0);
  expect(server.bodies(7)).toHaveLength(1);
  expect(writes(server)).toEqual(["POST /repos/acme/people/issues/7/comments"]);
});

test("a list that lags behind does not make a second one", async () => {
  const server = await playGitHub();
  server.faults.push(({ method }, done) => (method === "GET" ? done() : undefined));
  server.faults.push(({ method }) => (method === "GET" && server.comments.length > 0 ? { json: [] } : undefined));
  expect((await comment(server)).code).toBe(0);
  expect(server.bodies(7)).toHaveLength(1);
});

test("the comment is gone when it is to be updated: another is made", async () => {
  const server = await playGitHub();
  const own = server.add(7, BOT, MARKER.replace("500.1", "499.1"));
  server.faults.push(({ method }, done) => {
    if (method !== "PATCH") return undefined;
    server.comments.splice(server.comments.indexOf(own), 1);
    return done();
  });
  expect((await comment(server)).code).toBe(0);
  expect(server.bodies(7)).toEqual([expect.stringContaining("1 joins")]);
});

test.each([
  ["502", { status: 502 }],
  ["429 with Retry-After", { status: 429, headers: { "retry-after": "3" } }],
  [
    "a secondary rate limit without a time",
    { status: 403, json: { message: "You have exceeded a secondary rate limit" } },
  ],
  ["no requests left", { status: 403, headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1" } }],
])("%s is waited for and tried again", async (_, reply) => {
  const server = await playGitHub();
  for (const wanted of ["GET", "POST"]) {
    if (wanted === "POST" && reply.status === 502) continue;
    server.faults.push(({ method }) => (method === wanted ? reply : undefined));
  }
  const ended = await comment(server);
  expect([ended.code, ended.out]).toEqual([0, "comment in #7: created\n"]);
  expect(ended.err).toMatch(/^GET \/repos\/acme\/people\/issues\/7\/comments: \d+.*; waiting \d+ s\n/);
  expect(server.bodies(7)).toHaveLength(1);
});

test("Retry-After is obeyed", async () => {
  const server = await playGitHub();
  server.faults.push(() => ({ status: 429, headers: { "retry-after": "30" } }));
  const before = Date.now();
  await comment(server, {}, { SEI_CI_SECOND_MS: "20" });
  expect(Date.now() - before).toBeGreaterThanOrEqual(600);
});

test.each([
  ["forbidden", { status: 403, json: { message: "Resource not accessible by integration" } }],
  ["a wait of an hour", { status: 429, headers: { "retry-after": "3600" } }],
  ["a redirect", { status: 301, headers: { location: "http://127.0.0.1:1/" } }],
])("%s fails at once, in one line that says where", async (_, reply) => {
  const server = await playGitHub();
  server.faults.push(() => reply);
  const { code, err } = await comment(server);
  expect([code, err]).toEqual([
    1,
    expect.stringMatching(/^sei-roster ci: GET \/repos\/acme\/people\/issues\/7\/comments: \d+.*\n$/),
  ]);
  expect(server.requests).toHaveLength(1);
});

test("a server that stays broken is given up", async () => {
  const server = await playGitHub();
  for (let i = 0; i < 6; i++) server.faults.push(() => ({ status: 503 }));
  expect((await comment(server)).code).toBe(1);
  expect(server.requests).toHaveLength(6);
});

test("an answer cannot give the runner a command", async () => {
  const server = await playGitHub();
  server.faults.push(() => ({ status: 422, json: { message: "no\n::set-env name=PATH::/evil\r\u2028::error::x" } }));
  const { err } = await comment(server);
  expect(err.split(/[\r\n\u2028]/).filter((line) => line.startsWith("::"))).toEqual([]);
});

test("a page of another host gets no token", async () => {
  const server = await playGitHub();
  const elsewhere = await playGitHub();
  server.faults.push(() => ({ json: [], headers: { link: `<${elsewhere.url}/repos/acme/people/x>; rel="next"` } }));
  const { code, err } = await comment(server);
  expect([code, err]).toEqual([1, "sei-roster ci: the next page is on another host\n"]);
  expect(elsewhere.requests).toEqual([]);
});

test("a token of another account is noticed, or every run would comment again", async () => {
  const server = await playGitHub();
  server.writer = { login: "acme-bot[bot]", type: "Bot" };
  const { code, err } = await comment(server);
  expect([code, err]).toEqual([1, expect.stringContaining("writes as acme-bot[bot]: set the input bot")]);
  expect((await comment(server, {}, { SEI_CI_BOT: "acme-bot[bot]" })).code).toBe(0);
  expect(server.comments).toHaveLength(1);
});

describe("what stands in the comment", () => {
  test.each([1, 65_536, 65_537, 200_000, 3_000_000])(
    "a report of %i characters fits, with marker and footer",
    async (length) => {
      const server = await playGitHub();
      const line = "| 🦊 nia@example.com | joins |\n";
      const markdown = `<details>\n\n\`\`\`mermaid\n${line.repeat(Math.ceil(length / line.length))}`.slice(0, length);
      expect((await comment(server, { markdown })).code).toBe(0);
      const [body = ""] = server.bodies(7);
      expect(body.length).toBeLessThanOrEqual(65_536);
      expect(body.startsWith(`${MARKER}\n`)).toBe(true);
      expect(body).toContain("after the merge exactly this plan");
      expect(body).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
      if (length <= 65_537) return;
      expect(body).toContain("Cut here");
      expect(body.match(/^```/gm)).toHaveLength(2);
      expect(body.match(/<\/details>/g)).toHaveLength(1);
    },
  );

  test("a marker in the report is none", async () => {
    const server = await playGitHub();
    const forged = MARKER.replace(SUM, "f".repeat(64));
    await comment(server, { markdown: `${forged}\n<!--  SEI-roster:plan x -->\n` });
    const [body = ""] = server.bodies(7);
    expect(body.split("\n")[0]).toBe(MARKER);
    expect(body.match(/<!--\s*sei-roster/gi)).toHaveLength(1);
  });

  test.each([
    ["failed", 1, "sei-roster: the source is not valid\n```\n@acme/all <img src=x>\n"],
    ["refused", 3, "refused: maxDelete: 9 developers would be deleted\n"],
  ])("a plan that %s replaces the one before, without a checksum", async (_, code, err) => {
    const server = await playGitHub();
    const own = server.add(7, BOT, MARKER.replace("500.1", "499.1"));
    await comment(server, { code, err, out: "", markdown: "", checksum: "", summary: "plan: failed" });
    expect(own.body.split("\n")[0]).toBe(MARKER.replace(` checksum=${SUM}`, ""));
    expect(own.body).toContain(err.trimEnd());
    expect(own.body.match(/^````?text$/m)?.[0]).toBe(err.includes("```") ? "````text" : "```text");
  });
});

test("a run without a pull request comments nowhere", async () => {
  const server = await playGitHub();
  const ended = await comment(server, {}, { GITHUB_EVENT_PATH: runnerOf(server, {})["GITHUB_EVENT_PATH"] ?? "" });
  expect([ended.code, server.requests]).toEqual([0, []]);
});
