import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { started } from "../simulator/support.js";
import { AS_LIVE, CHANGED, PEOPLE, WITH_KEY, worldOf } from "./account.js";

// Processes take their time on a busy machine.
jest.setTimeout(60_000);

const account = () => started(WITH_KEY, PEOPLE);

test("Markdown on stdout: the plan, the drift and the refusal, with the exit codes of the text", async () => {
  const client = await account();
  const { run } = worldOf(client, CHANGED, { "policy.yaml": "version: 1\nguards: { maxDelete: 0 }\n" });
  const [plan, masked, drift, refused, text] = await Promise.all([
    run("plan", "roster.yaml", "--output", "markdown"),
    run("plan", "roster.yaml", "--output", "markdown", "--mask-emails"),
    run("drift", "roster.yaml", "--output", "markdown"),
    run("plan", "roster.yaml", "policy.yaml", "--output", "markdown"),
    run("plan", "roster.yaml"),
  ]);
  expect([plan.code, plan.err]).toEqual([2, ""]);
  expect(plan.out).toMatch(
    /^## Roster plan: 3 changes\n\nJoin: \*\*1\*\* · Leave: \*\*1\*\* · Change team: \*\*1\*\*\n/,
  );
  const [, checksum = ""] = /sei-roster apply roster\.yaml --checksum ([0-9a-f]{64})\n/.exec(plan.out) ?? [];
  expect(text.out).toContain(`checksum ${checksum.slice(0, 16)}`);
  expect(masked.out).toContain(`--checksum ${checksum}`);
  expect(masked.out).not.toMatch(/ada@|alan|Turing|nia|Engines/i);
  expect([drift.code, drift.out]).toEqual([2, expect.stringMatching(/^## Drift: live differs from what is declared /)]);
  expect([refused.code, refused.out]).toEqual([
    3,
    expect.stringMatching(/^## Roster plan: 3 changes, refused by `maxDelete`\n/),
  ]);
  expect(refused.out).toContain("the guards stand in `policy.yaml:2:1`");
  expect(refused.err).toMatch(/^refused: maxDelete: /);
});

test("the command of the report applies that plan", async () => {
  const client = await account();
  const { run, cwd } = worldOf(client, CHANGED.replace("prune: all\n", ""));
  mkdirSync(join(cwd, "my roster"));
  writeFileSync(join(cwd, "my roster", "a.yaml"), CHANGED);
  const flags = ["--prune", "all", "--as-of", "2026-11-21", "--strategy", "upsert", "--max-file-size", "1MiB"];
  const { out } = await run("plan", "my roster", ...flags, "--output", "markdown");
  const [, command = ""] = /```sh\nsei-roster (.*)\n```/.exec(out) ?? [];
  expect(command).toMatch(
    /^apply 'my roster' --prune all --strategy upsert --as-of 2026-11-21 --max-file-size 1024KiB --checksum /,
  );
  const applied = await run(
    ...command
      .replace("'my roster'", "my*roster")
      .split(" ")
      .map((word) => word.replace("*", " ")),
  );
  expect([applied.code, applied.out]).toEqual([0, expect.stringContaining("applied and verified")]);
  expect(client.emails()).not.toContain("alan@example.com");
});

test("--out: the same plan of one read in every form, beside stdout; new files are private", async () => {
  const client = await account();
  const { run, cwd } = worldOf(client, CHANGED);
  writeFileSync(join(cwd, "open.md"), "old");
  chmodSync(join(cwd, "open.md"), 0o644);
  const reads = async (...args: string[]) => {
    client.resetRequests();
    const ended = await run(...args);
    return { ...ended, requests: client.requests().length };
  };
  const alone = await reads("plan", "roster.yaml");
  const outs = ["plan.md", "open.md", "plan.json", "plan.html", "plan.TXT"].flatMap((file) => ["--out", file]);
  const all = await reads("plan", "roster.yaml", ...outs);
  expect(all).toEqual(alone);
  const read = (file: string) => readFileSync(join(cwd, file), "utf8");
  const [markdown, json] = await Promise.all([
    run("plan", "roster.yaml", "--output", "markdown"),
    run("plan", "roster.yaml", "--output", "json"),
  ]);
  expect([read("plan.md"), read("open.md"), read("plan.json"), read("plan.TXT")]).toEqual([
    markdown.out,
    markdown.out,
    json.out,
    alone.out,
  ]);
  expect(read("plan.html")).toMatch(/^<!doctype html>/);
  const modeOf = (file: string) => (statSync(join(cwd, file)).mode & 0o777).toString(8);
  expect([modeOf("plan.md"), modeOf("plan.html"), modeOf("open.md")]).toEqual(["600", "600", "644"]);
  expect(readdirSync(cwd).sort()).toEqual([
    ".cache",
    "open.md",
    "plan.TXT",
    "plan.html",
    "plan.json",
    "plan.md",
    "roster.yaml",
  ]);
});

test("--out when there is nothing to do, when it is refused, masked, and for drift", async () => {
  const client = await account();
  const { run, cwd } = worldOf(client, CHANGED, {
    "live.yaml": AS_LIVE,
    "policy.yaml": "version: 1\nguards: { maxDelete: 0 }\n",
  });
  const [none, refused, masked, drift] = await Promise.all([
    run("plan", "live.yaml", "--quiet", "--out", "none.md"),
    run("plan", "roster.yaml", "policy.yaml", "--out", "refused.md"),
    run("plan", "roster.yaml", "--mask-emails", "--out", "masked.html", "--out", "masked.md"),
    run("drift", "roster.yaml", "--out", "drift.md"),
  ]);
  expect([none.code, none.out, refused.code, masked.code, drift.code]).toEqual([0, "", 3, 2, 2]);
  const read = (file: string) => readFileSync(join(cwd, file), "utf8");
  expect(read("none.md")).toMatch(/^## Roster plan: no changes\n/);
  expect(read("refused.md")).toContain("refused by `maxDelete`");
  expect(`${read("masked.md")}${read("masked.html")}`).not.toMatch(/ada@|alan@|Turing|Okafor|Engines/i);
  expect(read("drift.md")).toMatch(/^## Drift: /);
});

test("a form that nobody knows is wrong usage; a file that cannot be written is an error, and nothing is sent", async () => {
  const client = await account();
  const { run, cwd } = worldOf(client, CHANGED);
  mkdirSync(join(cwd, "folder.md"));
  for (const out of ["plan.docx", "plan", ".md", ""]) {
    const { code, out: said, err } = await run("plan", "roster.yaml", "--out", out);
    expect([code, said]).toEqual([1, ""]);
    expect(err).toMatch(
      out === "" ? /must not be empty/ : /\.txt \(text\), \.json \(json\), \.md \(markdown\), \.html \(html\)/,
    );
  }
  expect(client.requests()).toEqual([]);
  for (const out of ["nowhere/plan.md", "folder.md"]) {
    const { code, out: said, err } = await run("apply", "roster.yaml", "--yes", "--out", out);
    expect([code, said]).toEqual([1, ""]);
    expect(err).toMatch(new RegExp(`^error: the report cannot be written to ${out.replace(".", "\\.")}: E[A-Z]+\n$`));
  }
  expect(client.requests().filter(({ method }) => method !== "GET")).toEqual([]);
});

test("apply: the report alone is on stdout, and the files hold the plan that was applied", async () => {
  const client = await account();
  const { run, cwd } = worldOf(client, CHANGED);
  const { code, out, err } = await run("apply", "roster.yaml", "--yes", "--output", "markdown", "--out", "plan.html");
  expect(code).toBe(0);
  expect(out).toMatch(/^## Roster plan: 3 changes\n/);
  expect(out.trimEnd()).toMatch(/Checksum `[0-9a-f]{64}`$/);
  expect(err).toContain("applied and verified");
  expect(readFileSync(join(cwd, "plan.html"), "utf8")).toContain("Nia Okafor");
});
