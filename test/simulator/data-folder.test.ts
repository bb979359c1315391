import { cp, type FileHandle, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { strings } from "../../provider/roster/strings.js";
import { type Account, type Draft, EMPTY_ACCOUNT } from "../../provider/simulator/account/account.js";
import { dataFolder } from "../../provider/simulator/account/data-folder.js";
import type { Persistence } from "../../provider/simulator/account/store.js";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sei-data-"));
});
afterEach(async () => {
  jest.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

const COLUMNS = [
  { name: "Name", type: "NAME" },
  { name: "Email", type: "EMAIL" },
] as const;

function people(...names: string[]): Account["developers"] {
  return new Map(
    names.map((name, at) => {
      const email = `${name.toLowerCase()}@example.com`;
      return [
        email,
        {
          refId: at + 1,
          values: strings([
            ["Name", name],
            ["Email", email],
          ]),
        },
      ];
    }),
  );
}

function draft(id: string, status: Draft["status"], rows: Draft["rows"]): Draft {
  return { id, status, columns: COLUMNS, header: ["Name", "Email"], rows, revision: 1 };
}

const ROWS = [["Ada", "ada@example.com"]];
const of = (...drafts: Draft[]) => new Map(drafts.map((each) => [each.id, each]));

/** The life of an account: every kind of write, each on top of the one before. */
const ada = people("Ada", "Zoë", "Cy");
const uploaded: Account = { ...EMPTY_ACCOUNT, drafts: of(draft("1", "uploaded", ROWS)), nextVersion: 2 };
const saved: Account = {
  ...uploaded,
  columns: COLUMNS,
  developers: ada,
  drafts: of(draft("1", "active", null)),
  active: "1",
  revision: 1,
  nextRefId: 4,
};
const upserted: Account = {
  ...saved,
  developers: new Map([...ada].map(([key, each]) => [key, key.startsWith("cy") ? { ...each, refId: 9 } : each])),
  revision: 2,
};
const deleted: Account = { ...upserted, developers: new Map([...upserted.developers].slice(1)), revision: 3 };
const identified: Account = { ...deleted, identities: new Map([["cy@example.com", new Map([[7, ["cy", "Cy\n"]]])]]) };
const waits: Account = {
  ...identified,
  drafts: of(draft("1", "active", null), draft("2", "reviewed", ROWS)),
  nextVersion: 3,
};
const turned: Account = {
  ...waits,
  developers: new Map([...waits.developers].reverse()),
  drafts: of(draft("1", "superseded", null), draft("2", "active", null)),
  active: "2",
  revision: 4,
};
const bare: Account = { ...turned, identities: new Map() };
const LIFE: readonly Account[] = [EMPTY_ACCOUNT, uploaded, saved, upserted, deleted, identified, waits, turned, bare];

/** Maps are compared with their order. */
function plain(account: Account | null): unknown {
  if (account === null) return plain(EMPTY_ACCOUNT);
  const { developers, identities, drafts, ...rest } = account;
  return {
    ...rest,
    developers: [...developers],
    identities: [...identities].map(([key, held]) => [key, [...held]]),
    drafts: [...drafts],
  };
}

async function live(persistence: Persistence, until: number): Promise<void> {
  await persistence.load();
  for (let at = 1; at <= until; at += 1) await persistence.save(LIFE[at] as Account, LIFE[at - 1] as Account);
}

async function reload(from = folder): Promise<unknown> {
  const persistence = dataFolder(from);
  const account = await persistence.load();
  await persistence.close();
  return plain(account);
}

/** What the account is after each write. */
test.each(LIFE.map((account, until) => [until, account] as const))(
  "write %i is there after a restart",
  async (until, account) => {
    const persistence = dataFolder(folder);
    await live(persistence, until);
    await persistence.close();
    expect(await reload()).toEqual(plain(account));
    // Once more: what a start clears away was not needed.
    expect(await reload()).toEqual(plain(account));
  },
);

/**
 * From now on the process does so many steps in the file system and no more: the promise of the next one never settles. Half of
 * what it would write is written. Reads are not steps. `bury` closes its files, as the system does.
 */
function dieAfter(steps: number): { readonly died: Promise<"died">; readonly bury: () => Promise<unknown> } {
  const files: typeof import("node:fs/promises") = jest.requireActual("node:fs/promises");
  let dead: (how: "died") => void = () => {};
  const died = new Promise<"died">((resolve) => (dead = resolve));
  const opened: (() => Promise<void>)[] = [];
  let taken = 0;
  const step = async (half?: () => Promise<unknown>): Promise<void> => {
    taken += 1;
    if (taken <= steps) return;
    if (taken === steps + 1) await half?.();
    dead("died");
    await new Promise(() => {});
  };
  const { open, rename, rm: remove } = files;
  jest.spyOn(files, "rename").mockImplementation(async (...args) => step().then(() => rename(...args)));
  jest.spyOn(files, "rm").mockImplementation(async (...args) => step().then(() => remove(...args)));
  jest.spyOn(files, "open").mockImplementation(async (...args) => {
    await step();
    const file: FileHandle = await open(...args);
    const { writeFile: writeAll, sync, datasync, truncate, close } = file;
    const write: (...given: [Buffer, number, number, number]) => Promise<unknown> = file.write.bind(file);
    file.sync = () => step().then(() => sync.call(file));
    file.datasync = () => step().then(() => datasync.call(file));
    file.truncate = (length) => step().then(() => truncate.call(file, length));
    file.close = () => step().then(() => close.call(file));
    opened.push(() => close.call(file));
    file.writeFile = async (text) => {
      await step(() => writeAll.call(file, String(text).slice(0, String(text).length / 2)));
      return writeAll.call(file, text);
    };
    Object.assign(file, {
      async write(bytes: Buffer, offset: number, length: number, position: number) {
        await step(() => write(bytes, offset, Math.floor(length / 2), position));
        return write(bytes, offset, length, position);
      },
    });
    return file;
  });
  // Closing what is closed already does nothing.
  return { died, bury: () => Promise.all(opened.map((close) => close())) };
}

test.each(LIFE.slice(1).map((next, at) => [at + 1, LIFE[at] as Account, next] as const))(
  "a process that ends at any step of write %i leaves the account before it or after it, and goes on",
  async (write, before, next) => {
    let steps = 0;
    let ended = 0;
    for (let over = false; !over; steps += 1) {
      const data = join(folder, `at-${steps}`);
      const persistence = dataFolder(data);
      await live(persistence, write - 1);
      const { died, bury } = dieAfter(steps);
      over = (await Promise.race([died, persistence.save(next, before)])) !== "died";
      jest.restoreAllMocks();
      await bury();
      // The dead process is this one, so its lock would hold: look at a copy.
      const copy = join(folder, `copy-${steps}`);
      await cp(data, copy, { recursive: true });
      const found = await reload(copy);
      const after = isDeepStrictEqual(found, plain(next));
      if (after) ended += 1;
      expect({ steps, found }).toEqual({ steps, found: plain(over || after ? next : before) });
      const again = dataFolder(copy);
      await again.load();
      if (!after) await again.save(next, before);
      await again.close();
      expect(await reload(copy)).toEqual(plain(next));
      await persistence.close();
    }
    // The write was really cut short, and in the end it was not.
    expect(steps).toBeGreaterThan(4);
    expect(ended).toBeGreaterThan(0);
  },
);

test("a journal that ends anywhere within its last line holds the entries before it", async () => {
  const persistence = dataFolder(folder);
  await live(persistence, 5);
  await persistence.close();
  const [name = ""] = (await readdir(folder)).filter((each) => each.startsWith("journal"));
  const whole = await readFile(join(folder, name));
  const last = whole.lastIndexOf("\n", whole.length - 2) + 1;
  expect(last).toBeGreaterThan(1);
  for (let end = last; end < whole.length; end += 1) {
    await writeFile(join(folder, name), whole.subarray(0, end));
    expect(await reload()).toEqual(plain(deleted));
  }
  await writeFile(join(folder, name), whole);
  expect(await reload()).toEqual(plain(identified));
});

test("a line of the journal that is broken and not the last is no account to go on with", async () => {
  const persistence = dataFolder(folder);
  await live(persistence, 5);
  await persistence.close();
  const [name = ""] = (await readdir(folder)).filter((each) => each.startsWith("journal"));
  const text = await readFile(join(folder, name), "utf8");
  await writeFile(join(folder, name), `x${text}`);
  await expect(reload()).rejects.toThrow(`${name}:1: this line of the journal cannot be read`);
});

test("a write that fails leaves no trace, and the next one is stored", async () => {
  const persistence = dataFolder(folder);
  await live(persistence, 3);
  const files: typeof import("node:fs/promises") = jest.requireActual("node:fs/promises");
  const { open } = files;
  jest.spyOn(files, "open").mockImplementation(async (...args) => {
    const file = await open(...args);
    file.datasync = () => Promise.reject(new Error("no space left"));
    return file;
  });
  await expect(persistence.save(deleted, upserted)).rejects.toThrow("no space left");
  jest.restoreAllMocks();
  const other: Account = { ...upserted, identities: identified.identities };
  await persistence.save(other, upserted);
  await persistence.close();
  expect(await reload()).toEqual(plain(other));
});

test("a folder of the format before journals is read, and goes on", async () => {
  await writeFile(
    join(folder, "account.json"),
    JSON.stringify({
      format: 1,
      columns: COLUMNS,
      developers: [["ada@example.com", 1, ["Ada", "ada@example.com"]]],
      identities: [],
      drafts: [],
      active: null,
      revision: 1,
      nextRefId: 2,
      nextVersion: 1,
    }),
  );
  const before: Account = { ...EMPTY_ACCOUNT, columns: COLUMNS, developers: people("Ada"), revision: 1, nextRefId: 2 };
  expect(await reload()).toEqual(plain(before));
  const persistence = dataFolder(folder);
  const read = (await persistence.load()) as Account;
  const next: Account = { ...read, revision: 2 };
  await persistence.save(next, read);
  await persistence.close();
  expect(await reload()).toEqual(plain(next));
  await writeFile(join(folder, "account.json"), JSON.stringify({ format: 3 }));
  await expect(reload()).rejects.toThrow("a newer version wrote this (format 3)");
});

test("a folder that is in use is refused, until it is not", async () => {
  const first = dataFolder(folder);
  await first.load();
  await expect(dataFolder(folder).load()).rejects.toThrow("in use by another simulator");
  await first.close();
  expect(await reload()).toEqual(plain(null));
});

test("the lock of a process that is no more is none, even when another process has its number now", async () => {
  // Process 1 is there, and was not born then; nobody has the highest number.
  await writeFile(join(folder, "lock-1"), "not then");
  await writeFile(join(folder, "lock-2147483646"), "");
  expect(await reload()).toEqual(plain(null));
  expect(await readdir(folder)).toEqual([]);
});

test("files that nothing speaks of are cleared away, and no others", async () => {
  const persistence = dataFolder(folder);
  await live(persistence, 6);
  await persistence.close();
  const before = await readdir(folder);
  for (const name of ["journal-99.jsonl", "rows-OTk.json", "account.json.new", "rows-OTk.json.new", "notes.txt"]) {
    await writeFile(join(folder, name), "{");
  }
  await reload();
  expect(await readdir(folder)).toEqual([...before, "notes.txt"].sort());
});
