import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PEOPLE, started } from "../simulator/support.js";
import { AS_LIVE, CHANGED, WITH_KEY, worldOf } from "./account.js";

// Processes take their time on a busy machine.
jest.setTimeout(60_000);

const account = () => started(WITH_KEY, PEOPLE);
const writes = (client: Awaited<ReturnType<typeof account>>) =>
  client.requests().filter(({ method }) => method !== "GET");

test("a plan is saved privately, and applied as it is, without its source", async () => {
  const client = await account();
  const { run, cwd } = worldOf(client, CHANGED);
  const planned = await run("plan", "roster.yaml", "--plan", "roster.plan");
  expect(planned).toMatchObject({ code: 2, err: "saved: sei-roster apply --plan roster.plan\n" });
  expect(statSync(join(cwd, "roster.plan")).mode & 0o777).toBe(0o600);
  rmSync(join(cwd, "roster.yaml"));
  const applied = await run("apply", "--plan", "roster.plan");
  expect(applied).toMatchObject({ code: 0, out: expect.stringContaining("applied and verified: 1 to create") });
  expect(await run("apply", "--plan", "roster.plan")).toMatchObject({
    code: 0,
    out: expect.stringContaining("nothing to do"),
  });
});

test("stale: live has changed since, so nothing is sent, and the exit code is 3", async () => {
  const client = await account();
  const { run } = worldOf(client, CHANGED, { "other.yaml": AS_LIVE.replace("Ada Lovelace", "Ada Byron") });
  await run("plan", "roster.yaml", "--plan", "roster.plan");
  expect((await run("apply", "other.yaml", "--yes")).code).toBe(0);
  const before = writes(client).length;
  expect(await run("apply", "--plan", "roster.plan")).toMatchObject({
    code: 3,
    err: expect.stringContaining("the saved plan is stale: live has changed since"),
  });
  expect(writes(client)).toHaveLength(before);
});

test("the exceptions of a saved plan expire", async () => {
  const client = await account();
  const strict = (until: string) =>
    `${CHANGED}guards: { maxDelete: 0 }\nallow: [{ delete: [alan@example.com], reason: HR-1, until: ${until} }]\n`;
  const { run } = worldOf(client, strict("2026-11-21"));
  expect((await run("plan", "roster.yaml", "--as-of", "2026-11-21", "--plan", "roster.plan")).code).toBe(2);
  const today = new Date().toISOString().slice(0, 10);
  expect((await run("apply", "--plan", "roster.plan")).code).toBe(today > "2026-11-21" ? 3 : 0);
});

test("a refused plan is not saved", async () => {
  const client = await account();
  const { run, cwd } = worldOf(client, `${CHANGED}guards: { maxDelete: 0 }\n`);
  const planned = await run("plan", "roster.yaml", "--plan", "roster.plan");
  expect([planned.code, planned.err]).toEqual([3, expect.stringContaining("so it is not saved to roster.plan")]);
  expect(() => statSync(join(cwd, "roster.plan"))).toThrow();
});

test("what is no saved plan, was edited, or is of another account sends nothing", async () => {
  const [client, other] = await Promise.all([account(), account()]);
  const { run, cwd } = worldOf(client, CHANGED);
  await run("plan", "roster.yaml", "--plan", "roster.plan");
  const text = readFileSync(join(cwd, "roster.plan"), "utf8");
  const file = (name: string, content: string) => writeFileSync(join(cwd, name), content);
  file("edited.plan", text.replace("Nia Okafor", "Nia Smith"));
  file("short.plan", text.slice(0, 200));
  file("newer.plan", text.replace('"version": 1', '"version": 2'));
  const tried: readonly (readonly [readonly string[], string])[] = [
    [
      ["--plan", "edited.plan"],
      "edited.plan cannot be applied: it was changed or cut short after it was saved; plan again",
    ],
    [["--plan", "short.plan"], "short.plan cannot be applied: it is not a plan that"],
    [["--plan", "newer.plan"], "newer.plan cannot be applied: another version of the package saved it"],
    [["--plan", "roster.yaml"], "it is not a plan that `sei-roster plan --plan FILE` saved"],
    [["--plan", "none.plan"], "none.plan cannot be read: ENOENT"],
    [["roster.yaml", "--plan", "roster.plan"], "both a source and --plan are named"],
    [["--plan", "roster.plan", "--prune", "none"], "cannot be used with option '--prune"],
    [["--plan", "roster.plan", "--endpoint", other.url], "nothing is sent there"],
    [[], "there is no source: name files or folders"],
  ];
  const ended = await Promise.all(tried.map(([args]) => run("apply", ...args)));
  for (const [at, [, message]] of tried.entries()) {
    expect(ended[at]).toMatchObject({ code: 1, out: "", err: expect.stringContaining(message) });
  }
  expect([...writes(client), ...writes(other)]).toEqual([]);
});
