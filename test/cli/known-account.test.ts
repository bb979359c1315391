import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PEOPLE, started } from "../simulator/support.js";
import { AS_LIVE, CHANGED, WITH_KEY, worldOf } from "./account.js";

// Processes take their time on a busy machine.
jest.setTimeout(60_000);

const writesOf = (client: Awaited<ReturnType<typeof started>>) =>
  client.requests().filter(({ method, path }) => method !== "GET" && !path.includes("/list"));

test("an account that an apply of this machine filled, and that looks empty or not set up, is not filled again", async () => {
  const client = await started(WITH_KEY, PEOPLE);
  const { run, cache } = worldOf(client, CHANGED);
  expect((await run("apply", "roster.yaml", "--yes")).code).toBe(0);
  expect(readdirSync(join(cache, "accounts"))).toHaveLength(1);
  const before = writesOf(client).length;
  for (const status of [404, 412]) {
    client.faults.add({ kind: "status", status });
    const { code, err, out } = await run("apply", "roster.yaml", "--yes");
    expect([status, code]).toEqual([status, 3]);
    expect(err).toContain("refused: completeRead");
    expect(out).toContain("if somebody really emptied the account, remove ");
    expect(writesOf(client)).toHaveLength(before);
    client.faults.clear();
  }
  // Everybody is still there, and so is the memory of them.
  expect((await run("plan", "roster.yaml")).code).toBe(0);
});

test("who says that it really was emptied may fill it again; a restore may in any case", async () => {
  const [client, later] = await Promise.all([started(WITH_KEY, PEOPLE), started(WITH_KEY)]);
  const { run, cache } = worldOf(client, AS_LIVE.replace("Ada Lovelace", "Ada Byron"));
  expect((await run("apply", "roster.yaml", "--yes", "--backup", "backup.json")).code).toBe(0);
  const file = join(cache, "accounts", readdirSync(join(cache, "accounts"))[0] ?? "");
  expect(existsSync(file)).toBe(true);
  client.faults.add({ kind: "status", status: 404 });
  expect((await run("plan", "roster.yaml")).code).toBe(3);
  rmSync(file);
  expect((await run("plan", "roster.yaml")).code).toBe(2);
  expect(later.requests()).toEqual([]);
});
