import { readFileSync } from "node:fs";
import { join } from "node:path";
import { outputsOf } from "./action.js";
import { actor, BOT, type GitHubServer, IMPOSTOR, MALLORY, playGitHub } from "./github-server.js";
import { GITHUB, HEAD, MERGE, run, runnerOf, SUM } from "./script.js";

jest.setTimeout(60_000);

const EVIL_SUM = "e".repeat(64);
const markerOf = (changes: Readonly<Record<string, string>> = {}) => {
  const values = { name: "default", run: "400.1", pr: "7", head: HEAD, checksum: SUM, ...changes };
  const pairs = Object.entries(values).flatMap(([key, value]) => (value === "" ? [] : [` ${key}=${value}`]));
  return `<!-- sei-roster:plan${pairs.join("")} -->`;
};
const PULL = {
  number: 7,
  merged_at: "2026-11-21T00:00:00Z",
  merge_commit_sha: MERGE,
  head: { sha: HEAD },
  base: { ref: "main", repo: { full_name: "acme/people" } },
};

async function world(pull: object = {}): Promise<GitHubServer> {
  const server = await playGitHub();
  server.merged.set(MERGE, [{ ...PULL, ...pull }]);
  return server;
}

async function reviewed(server: GitHubServer, env: Readonly<Record<string, string>> = {}) {
  const runner = runnerOf(server, {}, env);
  const ended = await run("node", [join(GITHUB, "reviewed-checksum.mjs")], runner);
  const outputs = Object.fromEntries(outputsOf(readFileSync(runner["GITHUB_OUTPUT"] ?? "", "utf8")));
  if (ended.code !== 0) expect(outputs).toEqual({});
  return { ...ended, checksum: outputs["checksum"], pr: outputs["pull-request"] };
}

test("the checksum in the bot's own comment, behind pages of others, is the reviewed one", async () => {
  const server = await world();
  for (let i = 0; i < 7; i++) server.add(7, MALLORY, markerOf({ checksum: EVIL_SUM, run: "999.1" }));
  server.add(7, IMPOSTOR, markerOf({ checksum: EVIL_SUM, run: "999.1" }));
  server.add(7, BOT, `Somebody said:\n${markerOf({ checksum: EVIL_SUM, run: "999.1" })}`);
  server.add(7, BOT, ` ${markerOf({ checksum: EVIL_SUM, run: "999.1" })}`);
  server.add(7, BOT, markerOf({ checksum: EVIL_SUM, run: "999.1", name: "eu" }));
  server.add(7, BOT, markerOf({ checksum: EVIL_SUM, run: "999.1" }).replace(":plan", ":offline"));
  server.add(8, BOT, markerOf({ checksum: EVIL_SUM, run: "999.1" }));
  server.add(7, BOT, `${markerOf()}\n## Plan\n${markerOf({ checksum: EVIL_SUM })}`);
  expect(await reviewed(server)).toMatchObject({ code: 0, checksum: SUM, pr: "7" });
});

test("the plan of the newest run counts", async () => {
  const server = await world();
  server.add(7, BOT, markerOf({ run: "402.1" }));
  server.add(7, BOT, markerOf({ run: "401.1", checksum: EVIL_SUM }));
  expect((await reviewed(server)).checksum).toBe(SUM);
});

test.each<[string, (server: GitHubServer) => void, string]>([
  ["there is no comment", () => {}, "#7 has no plan comment of the bot"],
  ["only a person's", (server) => server.add(7, MALLORY, markerOf()), "#7 has no plan comment of the bot"],
  ["a user called as the bot", (server) => server.add(7, { ...BOT, type: "User" }, markerOf()), "no plan comment"],
  [
    "a plan of another commit",
    (server) => server.add(7, BOT, markerOf({ head: "c".repeat(40) })),
    "is of commit cccccccccccc",
  ],
  ["a plan without a commit", (server) => server.add(7, BOT, markerOf({ head: "" })), "plan again"],
  ["a plan that was refused", (server) => server.add(7, BOT, markerOf({ checksum: "" })), "failed or was refused"],
  [
    "a newer plan that was refused",
    (server) => {
      server.add(7, BOT, markerOf());
      server.add(7, BOT, markerOf({ run: "401.1", checksum: "" }));
    },
    "failed or was refused",
  ],
  ["a plan of another pull request", (server) => server.add(7, BOT, markerOf({ pr: "8" })), "no plan comment"],
  ["a checksum that is none", (server) => server.add(7, BOT, markerOf({ checksum: "$(id)" })), "no plan comment"],
  [
    "a marker that says two things",
    (server) => server.add(7, BOT, markerOf().replace(" -->", ` checksum=${EVIL_SUM} -->`)),
    "no plan comment",
  ],
  [
    "somebody edited it",
    (server) => {
      server.add(7, BOT, markerOf()).editor = actor(MALLORY);
    },
    "was edited by mallory",
  ],
])("%s: refused", async (_, prepare, message) => {
  const server = await world();
  prepare(server);
  const { code, err } = await reviewed(server);
  expect([code, err]).toEqual([3, expect.stringContaining(message)]);
});

test("an edit by the bot itself is what a sticky comment is", async () => {
  const server = await world();
  server.add(7, BOT, markerOf()).editor = actor(BOT);
  expect((await reviewed(server)).checksum).toBe(SUM);
});

test("who edited it cannot be found out: not applied", async () => {
  const server = await world();
  server.add(7, BOT, markerOf());
  server.faults.push(({ path }) => (path === "/graphql" ? { json: { data: { node: null } } } : undefined));
  expect((await reviewed(server)).code).toBe(3);
  server.faults.push(({ path }) => (path === "/graphql" ? { json: { errors: [{ message: "no" }] } } : undefined));
  expect((await reviewed(server)).code).toBe(1);
});

test.each<[string, object]>([
  ["not merged", { merged_at: null }],
  ["merged by another commit", { merge_commit_sha: "d".repeat(40) }],
  ["merged into another branch", { base: { ref: "feature", repo: { full_name: "acme/people" } } }],
  ["merged in another repository", { base: { ref: "main", repo: { full_name: "mallory/people" } } }],
])("a pull request that holds the commit and was %s does not count", async (_, pull) => {
  const server = await world(pull);
  server.add(7, BOT, markerOf());
  const { code, err } = await reviewed(server);
  expect([code, err]).toEqual([3, expect.stringContaining("is not the merge of a pull request")]);
});

test("GitHub may learn of the merge some moments after the push", async () => {
  const server = await world();
  server.add(7, BOT, markerOf());
  server.faults.push(({ path }) => (path.endsWith("/pulls") ? { json: [] } : undefined));
  expect((await reviewed(server)).checksum).toBe(SUM);
});

test("two that were merged by one commit are refused", async () => {
  const server = await world();
  server.merged.get(MERGE)?.push({ ...PULL, number: 8 });
  server.add(7, BOT, markerOf());
  expect(await reviewed(server)).toMatchObject({ code: 3, err: expect.stringContaining("several pull requests") });
});
