import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PEOPLE, start } from "./support.js";

let data = "";

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "sei-data-"));
});

afterEach(() => rm(data, { recursive: true, force: true }));

const NEXT = PEOPLE.replace("Ada Lovelace", "Ada King");

test("everything survives a restart: developers, identities, ids, schema, and versions that wait", async () => {
  const first = await start({ data });
  await first.setUp();
  await first.upsert([{ Name: "__proto__", Email: "odd@example.com", Team: "constructor" }]);
  await first.remove("odd@example.com");
  await first.identify([{ email: "ada@example.com", integrationId: 1, identity: "ada" }]);
  const { versionId } = (await first.reupload(NEXT)).json;
  await first.upload("Name,Email\nX,x@example.com\n");
  const before = first.state();
  await first.stop();

  const second = await start({ data });
  expect(second.state()).toEqual(before);
  expect((await second.upsert([{ Name: "New", Email: "new@example.com" }])).status).toBe(200);
  expect(second.state().developers.at(-1)?.refId).toBe(5);
  expect((await second.approve(versionId)).status).toBe(409);
  await second.stop();

  const third = await start({ data, dialect: { staleApprove: "lastWriteWins" } });
  expect((await third.approve(versionId)).status).toBe(200);
  expect(third.state().developers[1]?.name).toBe("Ada King");
});

test("a setup that is half done goes on after a restart", async () => {
  const first = await start({ data });
  const { versionId, fieldMappings } = (await first.upload(PEOPLE)).json;
  await first.stop();
  const second = await start({ data });
  const path = `/v2/developers/versions/${versionId}/fieldMappings`;
  expect((await second.send(path, { method: "PUT", json: { fieldMappings } })).status).toBe(200);
  expect(second.emails()).toHaveLength(3);
});

test("every answered write is stored, and rows that are not needed are gone", async () => {
  const kinds = async () => (await readdir(data)).map((name) => name.replace(/-.*/, ""));
  const sei = await start({ data });
  await sei.setUp();
  expect(await kinds()).toEqual(["account.json", "lock"]);
  const { versionId } = (await sei.reupload(NEXT)).json;
  expect(await kinds()).toEqual(["account.json", "journal", "lock", "rows"]);
  await sei.approve(versionId);
  expect(await kinds()).toEqual(["account.json", "journal", "lock"]);
  await sei.stop();
  expect(await kinds()).toEqual(["account.json", "journal"]);
});

test("two simulators do not share a data folder", async () => {
  const first = await start({ data });
  await expect(start({ data })).rejects.toThrow("is in use by another simulator");
  await first.stop();
  // A start that fails gives the folder back.
  await writeFile(join(data, "seed.csv"), "Name,Email,Manager Email\nAda,,\n");
  await expect(start({ data, seed: join(data, "seed.csv") })).rejects.toThrow("REQUIRED_VALUE_MISSING");
  expect((await start({ data })).emails()).toEqual([]);
});

test("writes at the same time are decided one after another and lose nothing", async () => {
  const sei = await start({ data });
  await sei.setUp();
  const many = Array.from({ length: 30 }, (_, n) => sei.upsert([{ Name: `P${n}`, Email: `p${n}@example.com` }]));
  expect((await Promise.all(many)).every(({ status }) => status === 200)).toBe(true);
  expect(new Set(sei.state().developers.map(({ refId }) => refId)).size).toBe(33);
  await sei.stop();
  expect((await start({ data })).emails()).toHaveLength(33);
});

test("a seed does nothing to an account that is set up already", async () => {
  const first = await start({ data });
  await first.setUp();
  await first.stop();
  const second = await start({ data, seed: join(__dirname, "people.csv") });
  expect(second.emails()).toHaveLength(3);
});

test("a write that cannot be stored is not answered as done, and changes nothing", async () => {
  const sei = await start({ data });
  await sei.setUp();
  await rm(data, { recursive: true });
  await writeFile(data, "no folder");
  expect((await sei.upsert([{ Name: "New", Email: "new@example.com" }])).status).toBe(500);
  expect(sei.emails()).toHaveLength(3);
});

test("a data folder that cannot be read, and a seed that is wrong, fail the start", async () => {
  await writeFile(join(data, "account.json"), "{");
  await expect(start({ data })).rejects.toThrow();
  await writeFile(join(data, "seed.csv"), "Name,Email,Manager Email\nAda,,\n");
  await expect(start({ seed: join(data, "seed.csv") })).rejects.toThrow("REQUIRED_VALUE_MISSING");
});
