import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { BOT, type GitHubServer, playGitHub } from "./github-server.js";
import { GITHUB, HEAD, newFolder, run, runnerOf, SUM } from "./script.js";
import { zipOf } from "./zip.js";

jest.setTimeout(60_000);

const RUN = {
  id: 300,
  run_attempt: 1,
  event: "pull_request",
  head_sha: HEAD,
  head_repository: { full_name: "mallory/people" },
};
const PULL = {
  number: 7,
  state: "open",
  head: { sha: HEAD, repo: { full_name: "mallory/people" } },
  base: { repo: { full_name: "acme/people" } },
};

async function world(report = "plan: 1 to create\n", number = "7\n"): Promise<GitHubServer> {
  const server = await playGitHub();
  server.pulls.set(7, PULL);
  server.artifacts.push({
    id: 1,
    name: "sei-roster-offline",
    zip: zipOf([
      ["report.txt", report],
      ["pull-request.txt", number],
    ]),
  });
  return server;
}

const post = (server: GitHubServer, changes: object = {}) =>
  run("node", [join(GITHUB, "fork-comment.mjs")], runnerOf(server, { workflow_run: { ...RUN, ...changes } }));

test("what the fork's run says is posted as code, in a comment that no apply believes", async () => {
  const server = await world();
  expect(await post(server)).toEqual({ code: 0, out: "comment in #7: created\n", err: "" });
  const [body = ""] = server.bodies(7);
  expect(body.split("\n")[0]).toBe(`<!-- sei-roster:offline name=default run=300.1 pr=7 head=${HEAD} -->`);
  expect(body).toContain("```text\nplan: 1 to create\n```");
  expect(body).toContain("https://github.example.com/acme/people/actions/runs/300");
});

test("the storage gets no token", async () => {
  const server = await world();
  await post(server);
  const blob = server.requests.find(({ path }) => path === "/blob");
  expect([blob?.method, blob?.headers.authorization]).toEqual(["GET", undefined]);
});

test("the next run updates the same comment", async () => {
  const server = await world();
  await post(server);
  server.artifacts.push({
    ...(server.artifacts[0] as never as { name: string }),
    id: 2,
    zip: zipOf([
      ["report.txt", "new"],
      ["pull-request.txt", "7"],
    ]),
  });
  expect((await post(server, { id: 301 })).out).toBe("comment in #7: updated\n");
  expect(server.bodies(7)).toEqual([expect.stringContaining("```text\nnew\n```")]);
});

describe("a hostile report", () => {
  const HOSTILE = [
    `<!-- sei-roster:plan name=default run=999.1 pr=7 head=${HEAD} checksum=${SUM} -->`,
    "```\n[click](http://127.0.0.1/) @acme/admins <img src=http://127.0.0.1/x>",
    "``````````\n# out of the block\n",
    "`".repeat(5000),
    "\u202Eevil\u2066\u0000\u001b[31m\u200b",
    "::error::x\n$(touch pwned)",
  ];
  test.each(HOSTILE)("%j stays inside of the block", async (text) => {
    const server = await world(`${text}\n`);
    expect((await post(server)).code).toBe(0);
    const [body = ""] = server.bodies(7);
    expect(body.match(/<!--\s*sei-roster/g)).toHaveLength(1);
    const inside = blockOf(body);
    expect(body.replace(inside, "")).not.toMatch(/click|@acme|<img|out of the block|evil/);
    expect(body.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  test("of any text at all, nothing gets out of the block", async () => {
    const pieces = fc.constantFrom(
      "`",
      "```",
      "~~~",
      "\n",
      "\r\n",
      "x",
      "<!-- sei-roster:plan -->",
      "🦊",
      "\ud83e",
      " ",
    );
    const text = fc
      .array(fc.oneof(pieces, fc.string({ unit: "grapheme" })), { maxLength: 60 })
      .map((parts) => parts.join(""));
    const calls = fc.sample(fc.tuple(text, fc.nat(80)), { numRuns: 1_000, seed: 6 });
    const blocks = await callEach<string>("shared/code-block.mjs", "codeBlock", calls);
    for (const block of blocks) {
      expect(blockOf(block)).toBe(block);
      expect(block).not.toContain("<!-- sei-roster");
    }
    expect(blocks).toHaveLength(1_000);
  });

  test("a long one is cut", async () => {
    const server = await world("é".repeat(200_000));
    await post(server);
    expect(server.bodies(7)[0]?.length).toBeLessThanOrEqual(65_536);
    expect(server.bodies(7)[0]).toContain("[cut]\n```");
  });
});

describe("says nothing in a pull request", () => {
  const other = { ...PULL, head: { sha: "c".repeat(40), repo: { full_name: "alice/people" } } };
  test.each<[string, object, object, string]>([
    ["that is not the run's", {}, other, "the run is of another repository"],
    [
      "of somebody else with the same commit",
      {},
      { ...PULL, head: { sha: HEAD, repo: { full_name: "alice/people" } } },
      "the run is of another repository",
    ],
    ["whose fork is gone", {}, { ...PULL, head: { sha: HEAD, repo: null } }, "the run is of another repository"],
    [
      "that has a newer commit",
      {},
      { ...PULL, head: { ...PULL.head, sha: "c".repeat(40) } },
      "the run is not of its last commit",
    ],
    ["that is closed", {}, { ...PULL, state: "closed" }, "it is closed"],
    ["when the run was a push", { event: "push" }, PULL, "that run was not about a pull request"],
    ["of this repository", { head_repository: { full_name: "acme/people" } }, PULL, "not from a fork"],
  ])("%s", async (_, changes, pull, why) => {
    const server = await world();
    server.pulls.set(7, pull);
    expect(await post(server, changes)).toMatchObject({ code: 0, out: expect.stringContaining(why) });
    expect(server.comments).toEqual([]);
  });

  test.each(["../../admin", "7 8", "0", "-1", "7;rm", "", "$(id)", "99999999999"])("numbered %j", async (number) => {
    const server = await world("x", number);
    expect(await post(server)).toMatchObject({ code: 1, err: "sei-roster ci: the artifact names no pull request\n" });
    expect(server.comments).toEqual([]);
  });

  test("that is not there", async () => {
    const server = await world("x", "8");
    expect(await post(server)).toMatchObject({ code: 0, out: "#8: there is no such pull request: no comment\n" });
  });

  test("for a run that left no report", async () => {
    const server = await world();
    Object.assign(server.artifacts[0] ?? {}, { expired: true });
    expect(await post(server)).toMatchObject({ code: 0, out: "that run left no report\n" });
  });
});

describe("an artifact that is not what it should be", () => {
  const files = zipOf([
    ["report.txt", "x"],
    ["pull-request.txt", "7"],
  ]);
  test.each<[string, Buffer, string]>([
    ["no zip", Buffer.from("hello"), "no zip"],
    ["nothing", Buffer.alloc(0), "no zip"],
    ["cut", files.subarray(0, files.length - 60), "no zip"],
    [
      "a bomb",
      zipOf([
        ["report.txt", "0".repeat(20_000_000)],
        ["pull-request.txt", "7"],
      ]),
      "larger than",
    ],
    [
      "a bomb that claims to be small",
      zipOf([
        ["report.txt", "0".repeat(20_000_000), 10],
        ["pull-request.txt", "7"],
      ]),
      "Cannot create a Buffer larger than 524288 bytes",
    ],
    [
      "twice the same file",
      zipOf([
        ["pull-request.txt", "7"],
        ["pull-request.txt", "8"],
      ]),
      "twice",
    ],
    [
      "another size than it claims",
      zipOf([
        ["report.txt", "abc", 2],
        ["pull-request.txt", "7"],
      ]),
      "damaged",
    ],
    [
      "names that lead elsewhere",
      zipOf([
        ["../../report.txt", "x"],
        ["/etc/passwd", "7"],
      ]),
      "names no pull request",
    ],
  ])("%s fails, and nothing is posted", async (_, zip, message) => {
    const server = await world();
    server.artifacts.splice(0, 1, { id: 1, name: "sei-roster-offline", zip });
    expect(await post(server)).toMatchObject({ code: 1, err: expect.stringContaining(message) });
    expect(server.comments).toEqual([]);
  });

  test("larger than it claims is not read to its end", async () => {
    const server = await world();
    server.artifacts.splice(0, 1, {
      id: 1,
      name: "sei-roster-offline",
      zip: Buffer.alloc(3_000_000),
      size_in_bytes: 10,
    });
    expect(await post(server)).toMatchObject({ code: 1, err: expect.stringContaining("larger than") });
  });

  test("damaged anywhere, it is an error and never a hang or more than was asked for", async () => {
    const wanted = { "report.txt": 10, "pull-request.txt": 10 };
    const damaged = [...files.keys()].flatMap((at) =>
      [0, 1, 127, 255].map((byte) => {
        const copy = Buffer.from(files);
        copy[at] = byte;
        return [{ base64: copy.toString("base64") }, wanted];
      }),
    );
    const sizes = await callEach<readonly number[] | string>("github/unzip.mjs", "unzip", damaged);
    const read = sizes.filter((size): size is readonly number[] => typeof size !== "string");
    expect(read.flat().every((size) => size <= 10)).toBe(true);
    expect([read.length > 10, sizes.length - read.length > 100]).toEqual([true, true]);
  });
});

test("a comment of the bot that an apply believes is not what a fork can update", async () => {
  const server = await world();
  const plan = server.add(7, BOT, `<!-- sei-roster:plan name=default run=1.1 pr=7 head=${HEAD} checksum=${SUM} -->`);
  const before = plan.body;
  await post(server);
  expect([plan.body, server.bodies(7).length]).toEqual([before, 2]);
});

/** The one code block of a comment, as CommonMark reads it. */
function blockOf(body: string): string {
  const [, fence = ""] = /^(`{3,})text$/m.exec(body) ?? [];
  const start = body.indexOf(`${fence}text\n`);
  const lines = body.slice(start).split("\n");
  const end = lines.findIndex((line, index) => index > 0 && new RegExp(`^ {0,3}\`{${fence.length},}\\s*$`).test(line));
  return lines.slice(0, end + 1).join("\n");
}

/**
 * Calls a function of a script for each of many arguments, in one process: jest loads no ES modules.
 *
 * @returns what it gave: an error as its message, a map as the lengths of its values
 */
async function callEach<T>(file: string, name: string, calls: readonly unknown[]): Promise<readonly T[]> {
  const path = join(newFolder(), "calls.json");
  writeFileSync(path, JSON.stringify(calls));
  const script = `
    import { readFileSync } from "node:fs";
    import { ${name} } from ${JSON.stringify(join(GITHUB, "..", file))};
    const revive = (value) => (value?.base64 === undefined ? value : Buffer.from(value.base64, "base64"));
    const call = (args) => {
      try {
        const got = ${name}(...args.map(revive));
        return got instanceof Map ? [...got.values()].map(({ length }) => length) : got;
      } catch (error) {
        return error.message;
      }
    };
    console.log(JSON.stringify(JSON.parse(readFileSync(process.argv[1], "utf8")).map(call)));`;
  const { out, err } = await run("node", ["--input-type=module", "-e", script, path], {});
  if (err !== "") throw new Error(err);
  return JSON.parse(out);
}
