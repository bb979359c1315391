import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PEOPLE, started } from "../simulator/support.js";
import { AS_LIVE, CHANGED, WITH_KEY, worldOf } from "./account.js";

// Processes take their time on a busy machine.
jest.setTimeout(60_000);

const account = () => started(WITH_KEY, PEOPLE);

test("today's drift is accepted, and only new drift fails", async () => {
  const { run, cwd } = worldOf(await account(), CHANGED);
  expect((await run("drift", "roster.yaml")).code).toBe(2);
  expect(await run("drift", "roster.yaml", "--baseline", "drift.json", "--accept")).toEqual({
    code: 0,
    out: "",
    err: "accepted: 3 differences, in drift.json\n",
  });
  const text = readFileSync(join(cwd, "drift.json"), "utf8");
  expect(text.replace(/[0-9a-f]{16}/, "SUM")).toBe(
    `{
  "version": 1,
  "accepted": [
    {"kind":"update","email":"ada@example.com","field":"Team","values":"SUM"},
    {"kind":"delete","email":"alan@example.com"},
    {"kind":"create","email":"nia@example.com"}
  ]
}
`,
  );
  expect(await run("drift", "roster.yaml", "--baseline", "drift.json")).toEqual({
    code: 0,
    out: "no new drift: 3 accepted differences\n",
    err: "note: 3 accepted in drift.json, not shown\n",
  });
  expect((await run("drift", "roster.yaml", "--baseline", "drift.json", "--quiet")).err).toBe("");
  const { out } = await run("drift", "roster.yaml", "--baseline", "drift.json", "--output", "markdown");
  expect(out).toContain("## No new drift: 3 accepted differences");
});

test("another value of an accepted field, and another field of the same person, are new", async () => {
  const { run, cwd } = worldOf(await account(), CHANGED);
  await run("drift", "roster.yaml", "--baseline", "drift.json", "--accept");
  writeFileSync(join(cwd, "roster.yaml"), CHANGED.replace("name: Ada Lovelace", "name: Ada Byron"));
  const named = await run("drift", "roster.yaml", "--baseline", "drift.json");
  expect([named.code, named.out]).toEqual([2, expect.stringContaining('Name: "Ada Lovelace" -> "Ada Byron"')]);
  expect(named.out).not.toContain("Team");
  writeFileSync(join(cwd, "roster.yaml"), CHANGED.replace('"Engines"', '"Turbines"'));
  const team = await run("drift", "roster.yaml", "--baseline", "drift.json");
  expect([team.code, team.out]).toEqual([2, expect.stringContaining('Team: "Payments" -> "Turbines"')]);
  expect(team.err).toContain("note: 1 accepted in drift.json, and no difference any more");
});

test("what was accepted and is gone is said; a wrong file is an error and never an empty baseline", async () => {
  const { run, cwd } = worldOf(await account(), CHANGED);
  await run("drift", "roster.yaml", "--baseline", "drift.json", "--accept");
  writeFileSync(join(cwd, "roster.yaml"), AS_LIVE);
  expect(await run("drift", "roster.yaml", "--baseline", "drift.json")).toEqual({
    code: 0,
    out: "no drift: live is as declared\n",
    err: "note: 3 accepted in drift.json, and no difference any more: write it again with --accept\n",
  });
  writeFileSync(join(cwd, "wrong.json"), '{ "version": 9, "accepted": [] }');
  const tried: readonly (readonly [readonly string[], string])[] = [
    [["--baseline", "none.json"], "there is no baseline none.json: make it with --accept"],
    [["--baseline", "wrong.json"], "wrong.json is not a baseline of version 1"],
    [["--accept"], "--accept needs --baseline FILE"],
  ];
  for (const [args, message] of tried) {
    expect(await run("drift", "roster.yaml", ...args)).toMatchObject({
      code: 1,
      err: expect.stringContaining(message),
    });
  }
});

test("an unproven read is not accepted as the state of things", async () => {
  const client = await account();
  client.faults.add({ kind: "shortPage", match: { path: "/v2/developers" } });
  const { run, cwd } = worldOf(client, CHANGED);
  expect((await run("drift", "roster.yaml", "--baseline", "drift.json", "--accept")).code).not.toBe(0);
  expect(() => readFileSync(join(cwd, "drift.json"))).toThrow();
});
