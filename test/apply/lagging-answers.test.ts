import type { RenameJournal } from "../../provider/apply/journal";
import { memoryValues } from "../../provider/apply/values-journal";
import type { LiveRoster } from "../../provider/roster/live-roster";
import { strings } from "../../provider/roster/strings";
import { UncertainWriteError, UnreadableAnswerError } from "../../provider/sei/errors";
import { MemorySei } from "../support/memory-sei";
import { at, declare, desired, dev, MAPPING } from "../support/people";
import { account, applyTo } from "./memory-account";

const CALL = { method: "GET", path: "/v2/developers" };
const torn = new UnreadableAnswerError(CALL, 200, "the columns are not those of the records");

/** Answers the first reads after a write otherwise, so often. */
function afterWrite(sei: MemorySei, what: string, times: number, answer: () => LiveRoster | Promise<LiveRoster>): void {
  const read = sei.readRoster.bind(sei);
  let left = times;
  sei.readRoster = async () => {
    if (!sei.writes.includes(what) || left === 0) return read();
    left -= 1;
    sei.reads += 1;
    return answer();
  };
}

const tear = (sei: MemorySei, what: string, times: number) =>
  afterWrite(sei, what, times, () => {
    throw torn;
  });

describe("columns of before a save, with values of after it", () => {
  const want = desired([declare(dev("ada"))], { fields: { ...MAPPING, attributes: ["Role", "Team", "Site"] } });

  test("are read again until both are of the same time", async () => {
    const sei = account([dev("ada")]);
    tear(sei, "save", 3);
    const { outcome, waits, again } = await applyTo(sei, want);
    expect(outcome).toMatchObject({ status: "applied", reason: "" });
    expect([sei.writes, waits]).toEqual([
      ["upload", "save"],
      [100, 200, 400],
    ]);
    expect((await again()).changes).toEqual([]);
  });

  test("for ever: nobody knows what is live, which is said once the answers have had their time", async () => {
    const sei = account([dev("ada")]);
    tear(sei, "save", -1);
    const { outcome, waits } = await applyTo(sei, want, {}, { deadlineMs: 5_000 });
    expect(outcome).toMatchObject({ status: "failed", done: [], touched: true, live: null, reason: torn.message });
    expect(sei.writes).toEqual(["upload", "save"]);
    const waited = waits.reduce((sum, ms) => sum + ms, 0);
    expect(waited).toBeGreaterThan(1_500);
    expect(waited).toBeLessThanOrEqual(5_000);
  });

  test("are not waited for by who wants an end", async () => {
    const sei = account([dev("ada")]);
    const stop = new AbortController();
    afterWrite(sei, "save", -1, () => {
      stop.abort();
      throw torn;
    });
    const { outcome, waits } = await applyTo(sei, want, {}, { stop: stop.signal });
    expect([outcome.status, waits]).toEqual(["failed", []]);
  });

  test("cannot be where no column changes: such an answer is an error at once", async () => {
    const sei = account([dev("ada")]);
    tear(sei, "upsert ada", -1);
    const { outcome, waits } = await applyTo(sei, desired([declare(dev("ada", { Role: "x" }))]));
    expect([outcome.status, outcome.reason, waits]).toEqual(["failed", torn.message, []]);
  });
});

describe("a setup of which nobody knows whether it was taken", () => {
  const want = desired([declare(dev("ada"))]);

  test("is waited for, and not sent a second time as long as it may only not be seen yet", async () => {
    const sei = new MemorySei();
    const before = await sei.readRoster();
    sei.trouble.set(1, "lost after");
    afterWrite(sei, "save", 4, () => before);
    const { outcome } = await applyTo(sei, want);
    expect(outcome.status).toBe("applied");
    expect(sei.writes).toEqual(["upload", "save"]);
  });

  test("is sent again when it is not seen for long", async () => {
    const sei = new MemorySei();
    sei.trouble.set(1, "lost before");
    const { outcome, waits } = await applyTo(sei, want, {}, { deadlineMs: 6_000 });
    expect(outcome.status).toBe("applied");
    expect(sei.writes).toEqual(["upload", "save", "upload", "save"]);
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(1_000);
  });
});

test("a server that loses every answer is not asked for ever", async () => {
  const sei = account([dev("ada")]);
  for (let write = 0; write < 100; write += 1) sei.trouble.set(write, "lost before");
  const { outcome } = await applyTo(sei, desired([declare(dev("ada", { Role: "x" }))]));
  expect(outcome).toMatchObject({ status: "failed", touched: true, reason: expect.stringContaining("may or may not") });
  expect(sei.writes).toHaveLength(5);
});

describe("what every request was taken for, and no read shows", () => {
  test("a setup", async () => {
    const sei = new MemorySei();
    sei.saveFieldMapping = async () => {};
    const { outcome, plan: made } = await applyTo(sei, desired([declare(dev("ada")), declare(dev("bob"))]));
    const all = made.changes.length;
    expect(outcome).toMatchObject({
      status: "unverified",
      done: [],
      reason: `the API took every request, but a read does not show ${all} of ${all} changes; 2 developer(s) who should be live are not`,
    });
    expect(sei.writes).toEqual(["upload"]);
  });

  test("an account that somebody else takes down meanwhile: that is told, and nothing is sent to it", async () => {
    const sei = account([dev("ada"), dev("bob")]);
    sei.onWrite = (when) => {
      if (when === "before") return;
      sei.mapping = null;
      sei.developers = new Map();
    };
    const { outcome } = await applyTo(sei, desired([declare(dev("ada", { Role: "x" }))]), { prune: "none" });
    expect(outcome).toMatchObject({
      status: "unverified",
      done: [],
      reason: expect.stringContaining("2 developer(s) who should be live are not"),
    });
    expect(sei.writes).toEqual(["upsert ada"]);
  });

  test("somebody who is gone after a save of the columns is missing, and nothing else", async () => {
    const sei = account([dev("ada"), dev("bob")]);
    sei.onWrite = (when, what) => {
      if (when === "after" && what === "save") sei.developers.delete(at("bob"));
    };
    const fields = { ...MAPPING, attributes: ["Role", "Team", "Site"] };
    const { outcome } = await applyTo(sei, desired([declare(dev("ada"))], { fields }), { prune: "none" });
    expect(outcome).toMatchObject({
      status: "unverified",
      reason: "the API took every request, but 1 developer(s) who should be live are not",
    });
  });
});

describe("what an earlier run wrote down", () => {
  const kept = { email: at("ada"), name: "ADA", managerEmail: "", attributes: strings([["Role", "CTO"]]) };
  const people = [dev("ada", { Role: "CTO" })];
  const want = desired(people.map((one) => declare(one)));

  async function rerun(completeness: LiveRoster["completeness"]) {
    const sei = account(people);
    const values = memoryValues();
    await values.add([kept]);
    const whole = await sei.readRoster();
    sei.readRoster = async () => ({ ...whole, completeness });
    const journal: RenameJournal = { entries: async () => [], add: async () => {}, remove: async () => {}, values };
    const { outcome } = await applyTo(sei, want, { sentAlong: await values.entries() }, { journal });
    expect(outcome).toMatchObject({ status: "applied", touched: false });
    return values.entries();
  }

  test("is forgotten when nothing is left to do", async () => {
    expect(await rerun({ proven: true, count: 1 })).toEqual([]);
  });

  test("is kept when the read may not show everybody: somebody else's value may be blank", async () => {
    expect(await rerun({ proven: false, reason: "two answers disagree" })).toEqual([kept]);
  });

  test("and cannot be removed is no reason to call an apply failed that is done", async () => {
    const sei = account([dev("old")]);
    const failing = () => Promise.reject(new Error("read-only file system"));
    const values = { ...memoryValues(), remove: failing };
    const journal: RenameJournal = { entries: async () => [], add: async () => {}, remove: failing, values };
    const renamed = { ...declare(dev("new", { name: "OLD" })), previousEmails: [at("old")] };
    const { outcome } = await applyTo(sei, desired([renamed]), {}, { journal });
    expect(outcome).toMatchObject({ status: "applied", reason: "" });
    expect([...sei.developers.keys()]).toEqual([at("new")]);
  });

  test("and cannot be removed does not hide why nothing was sent", async () => {
    const sei = account([dev("old")]);
    const failing = () => Promise.reject(new Error("read-only file system"));
    const values = { ...memoryValues(), remove: failing };
    const journal: RenameJournal = { entries: async () => [], add: async () => {}, remove: failing, values };
    sei.trouble.set(0, "refused");
    const renamed = { ...declare(dev("new", { name: "OLD" })), previousEmails: [at("old")] };
    const { outcome } = await applyTo(sei, desired([renamed]), {}, { journal });
    expect(outcome).toMatchObject({ status: "failed", touched: false, reason: "the API said no" });
  });
});

test("an uncertain write that a whole read shows is done", async () => {
  const sei = account([dev("ada")]);
  sei.upsert = async (records) => {
    for (const one of records) sei.developers.set(one.email, one);
    throw new UncertainWriteError(CALL, torn);
  };
  expect((await applyTo(sei, desired([declare(dev("ada", { Role: "x" }))]))).outcome.status).toBe("applied");
});
