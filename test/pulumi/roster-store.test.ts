import { mkdtemp, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rosterStore } from "../../provider/pulumi/roster-store";

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "sei-store-")), "rosters");
});
afterEach(() => rm(join(folder, ".."), { recursive: true, force: true }));

test("what is put can be got by its fingerprint, in another process as well", async () => {
  const fingerprint = await rosterStore(folder).put('{"people":1}');
  expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
  expect(await rosterStore(folder).get(fingerprint)).toBe('{"people":1}');
});

test("the folder is private and so are the files", async () => {
  const fingerprint = await rosterStore(folder).put("x");
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(join(folder, `${fingerprint}.json`))).mode & 0o777).toBe(0o600);
});

test("a file that is not what its name says is not used", async () => {
  const fingerprint = await rosterStore(folder).put("x");
  await writeFile(join(folder, `${fingerprint}.json`), "somebody else's people");
  expect(await rosterStore(folder).get(fingerprint)).toBeNull();
});

test.each(["", "../../etc/passwd", "0".repeat(64)])("%j is nobody's fingerprint", async (fingerprint) => {
  expect(await rosterStore(folder).get(fingerprint)).toBeNull();
});

test("many at once do not disturb each other", async () => {
  const texts = Array.from({ length: 20 }, (_, index) => `text ${index % 5}`);
  const fingerprints = await Promise.all(texts.map((text) => rosterStore(folder).put(text)));
  expect(new Set(fingerprints).size).toBe(5);
  expect((await readdir(folder)).filter((name) => name.startsWith("."))).toEqual([]);
  for (const [index, fingerprint] of fingerprints.entries()) {
    expect(await rosterStore(folder).get(fingerprint)).toBe(texts[index]);
  }
});

test("what nobody has used for 7 days goes; what is used stays", async () => {
  const store = rosterStore(folder);
  const [old, used] = [await store.put("old"), await store.put("used")];
  const then = new Date(Date.now() - 8 * 24 * 3600 * 1000);
  for (const fingerprint of [old, used]) await utimes(join(folder, `${fingerprint}.json`), then, then);
  expect(await store.get(used)).toBe("used");
  await store.put("new");
  expect(await store.get(old)).toBeNull();
  expect(await store.get(used)).toBe("used");
});
