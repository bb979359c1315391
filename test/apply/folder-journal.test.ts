import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folderJournal } from "../../provider/apply/folder-journal";
import { JournalError } from "../../provider/apply/journal";
import type { RenameEntry } from "../../provider/roster/rename-entry";

let root: string;
let folder: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "sei-journal-"));
  folder = join(root, "renames", "account");
});
afterEach(() => rm(root, { recursive: true, force: true }));

const entry = (email: string, ...identities: string[]): RenameEntry => ({
  email,
  previousEmail: `old.${email}`,
  identities: identities.map((identity, at) => ({ integrationId: at + 1, identity })),
});

test("what is added is there for the next process, until it is removed; then nothing is left of it", async () => {
  expect(await folderJournal(folder).entries()).toEqual([]);
  await folderJournal(folder).add([entry("ada@example.com", "ada"), entry("bob@example.com")]);
  await folderJournal(folder).add([entry("eve@example.com")]);
  const kept = await folderJournal(folder).entries();
  expect(kept).toHaveLength(3);
  expect(kept).toContainEqual(entry("ada@example.com", "ada"));
  await folderJournal(folder).remove([entry("bob@example.com"), entry("eve@example.com")]);
  expect(await folderJournal(folder).entries()).toEqual([entry("ada@example.com", "ada")]);
  await folderJournal(folder).remove([entry("ada@example.com", "another")]);
  expect(await folderJournal(folder).entries()).toHaveLength(1);
  await folderJournal(folder).remove(kept);
  expect(await readdir(folder)).toEqual([]);
});

test("the folder is private and so are the files, and a file is there as a whole", async () => {
  await folderJournal(folder).add([entry("ada@example.com")]);
  const [name = "", ...others] = await readdir(folder);
  expect(others).toEqual([]);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  // A process that was killed while it wrote.
  await writeFile(join(folder, "x.json.y.partial"), '{"version":1,"ren');
  expect(await folderJournal(folder).entries()).toEqual([entry("ada@example.com")]);
});

test("several processes at once lose nothing of each other", async () => {
  const people = Array.from({ length: 20 }, (_, at) => entry(`p${at}@example.com`));
  await Promise.all(people.map((one) => folderJournal(folder).add([one])));
  await Promise.all(people.slice(5).map((one) => folderJournal(folder).remove([one])));
  const left = (await folderJournal(folder).entries()).map(({ email }) => email).sort();
  expect(left).toEqual(people.slice(0, 5).map(({ email }) => email));
});

test.each(["", "{}", '{"version":2,"renames":[]}', '{"version":1,"renames":[{"email":"a"}]}', "[1"])(
  "a file that holds %j is an error that names it",
  async (text) => {
    await folderJournal(folder).add([entry("ada@example.com")]);
    const file = join(folder, "broken.json");
    await writeFile(file, text);
    await expect(folderJournal(folder).entries()).rejects.toThrow(JournalError);
    await expect(folderJournal(folder).entries()).rejects.toThrow(file);
  },
);

test("a folder that cannot be made is an error, before anything is sent", async () => {
  await writeFile(join(root, "renames"), "a file");
  await expect(folderJournal(folder).add([entry("ada@example.com")])).rejects.toThrow(JournalError);
  await expect(folderJournal(folder).add([entry("ada@example.com")])).rejects.toThrow("nothing was sent");
});
