import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folderJournal } from "../../provider/apply/folder-journal.js";
import { JournalError } from "../../provider/apply/journal.js";
import { ConflictError, PartialWriteError } from "../../provider/sei/errors.js";
import type { MemorySei } from "../support/memory-sei.js";
import { at, declare, desired, dev, team } from "../support/people.js";
import { account, applyTo } from "./memory-account.js";

describe("a re-upload whose review says nothing about who comes and goes", () => {
  const everybody = team(502);
  // Two batches of updates and one delete: a re-upload takes fewer requests.
  const want = desired(
    everybody.slice(0, 501).map((one) => declare({ ...one, attributes: { ...one.attributes, Role: "new" } })),
  );
  const silent = (): MemorySei => {
    const sei = account(everybody);
    sei.batch = 500;
    sei.reviewSays = (review) => ({ ...review, added: null, removed: null, updated: null, removedEmails: null });
    return sei;
  };
  const words = (sei: MemorySei) => sei.writes.map((write) => write.split(" ")[0]);

  test("is not approved, and the same changes go one by one where the way was ours to choose", async () => {
    const sei = silent();
    expect((await applyTo(sei, want)).outcome.status).toBe("applied");
    expect(words(sei)).toEqual(["reupload", "upsert", "upsert", "delete"]);
    expect(sei.developers.size).toBe(501);
  });

  test("ends the apply where a re-upload was asked for", async () => {
    const sei = silent();
    expect((await applyTo(sei, want, { strategy: "reupload" })).outcome.status).toBe("failed");
    expect(words(sei)).toEqual(["reupload"]);
    expect(sei.developers.size).toBe(502);
  });
});

test("a declared value that somebody else changes meanwhile keeps the apply from being called verified", async () => {
  const sei = account([dev("ada"), dev("bob", { Role: "x" })]);
  const upsert = sei.upsert.bind(sei);
  sei.upsert = async (records) => {
    await upsert(records);
    sei.developers.set(at("bob"), dev("bob", { Role: "theirs" }));
  };
  const { outcome } = await applyTo(
    sei,
    desired([declare(dev("ada", { Role: "y" })), declare(dev("bob", { Role: "x" }))]),
  );
  expect(outcome.status).toBe("unverified");
  expect(outcome.reason).toBe(
    "the API took every request, but 1 declared value(s) differ that this plan did not touch",
  );
});

test.each([
  ["an error", new TypeError("read broke"), "read broke"],
  ["anything else", "read broke", "read broke"],
])("a read after the writes that throws %s: nobody knows, and that is said", async (_what, thrown, reason) => {
  const sei = account([dev("ada")]);
  sei.onRead = (count) => {
    if (count > 0) throw thrown;
  };
  const { outcome } = await applyTo(sei, desired([declare(dev("ada", { Role: "y" }))]));
  expect(outcome).toMatchObject({ status: "failed", done: [], touched: true, live: null, reason });
});

test("identities that a leaving record holds are freed first, also when some batches of them were taken", async () => {
  const sei = account([dev("ada"), dev("old")]);
  sei.identities = [{ email: at("old"), integrationId: 1, identity: "a" }];
  const set = sei.setIdentities.bind(sei);
  sei.setIdentities = async (identities) => {
    const isHeld = sei.identities.some(({ email, identity }) => email === at("old") && identity === "a");
    if (!isHeld || identities.every(({ email }) => email === at("old"))) return set(identities);
    const call = { method: "PATCH", path: "/v2/developers/identities" };
    throw new PartialWriteError(0, 1, 0, new ConflictError({ call, status: 409, said: "", reads: false }));
  };
  const { outcome } = await applyTo(sei, desired([declare(dev("ada"), { 1: "a" })]));
  expect(outcome.status).toBe("applied");
  expect(sei.identities).toEqual([{ email: at("ada"), integrationId: 1, identity: "a" }]);
});

describe("the journal of renames", () => {
  const entry = { email: at("new"), previousEmail: at("old"), identities: [] };
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sei-fallbacks-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("nothing to remember makes no folder", async () => {
    const journal = folderJournal(join(folder, "renames"));
    await journal.add([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a folder that cannot be listed is no empty journal", async () => {
    const file = join(folder, "renames");
    writeFileSync(file, "");
    const asked = folderJournal(file).entries();
    await expect(asked).rejects.toThrow(JournalError);
    await expect(asked).rejects.toThrow(`the journal of renames cannot be read: ${file} (ENOTDIR)`);
  });

  test("a file that another run removed after it was listed is no error", async () => {
    const journal = folderJournal(folder);
    await journal.add([entry]);
    // Listed, and gone when it is read: a link to nothing looks the same at every run.
    symlinkSync(join(folder, "gone"), join(folder, "0.json"));
    expect(await journal.entries()).toEqual([entry]);
  });
});
