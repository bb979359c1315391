import { applyPlan } from "../../provider/apply/apply-plan";
import { sentRequests } from "../../provider/apply/sent-requests";
import type { Change } from "../../provider/roster/change";
import { plan } from "../../provider/roster/plan";
import { CancelledError } from "../../provider/sei/errors";
import { MemorySei } from "../support/memory-sei";
import { at, declare, desired, dev, MAPPING, policy } from "../support/people";

/** An account with ada and bob; eve is to join, and bob to leave. */
async function world() {
  const sei = new MemorySei();
  sei.mapping = MAPPING;
  for (const one of [dev("ada"), dev("bob")]) sei.developers.set(one.email, one);
  const wanted = desired([declare(dev("ada")), declare(dev("eve"))]);
  const live = await sei.readRoster();
  const under = policy();
  const made = plan(wanted, live, under);
  sei.reads = 0;
  const stop = new AbortController();
  const waits: number[] = [];
  const sleep = async (ms: number) => waits.push(ms);
  const parts = { plan: made, desired: wanted, live, policy: under, reader: sei, stop: stop.signal, sleep };
  return { sei, stop, waits, parts };
}

const CALL = { method: "DELETE", path: "/v2/developers" };

test("stopped between two writes: one read says what is done, and nothing is waited for", async () => {
  const { sei, stop, waits, parts } = await world();
  sei.deleteDevelopers = async () => {
    stop.abort();
    throw new CancelledError(CALL);
  };
  const outcome = await applyPlan({ ...parts, writer: sei });
  expect(outcome).toMatchObject({ status: "failed", touched: true });
  const { done, failed, notTried } = outcome;
  // What was never sent did not fail.
  expect([done, failed, notTried].map((list) => list.map(({ kind }) => kind))).toEqual([["create"], [], ["delete"]]);
  // One before the delete, and one after it.
  expect([sei.reads, waits]).toEqual([2, []]);
});

test("stopped before the first write: nothing is read, as nothing can have changed", async () => {
  const { sei, stop, parts } = await world();
  sei.upsert = async () => {
    throw new CancelledError({ ...CALL, method: "PATCH" });
  };
  stop.abort();
  const outcome = await applyPlan({ ...parts, writer: sei });
  expect(outcome).toMatchObject({ status: "failed", touched: false, live: null });
  expect([sei.reads, sei.writes, outcome.done, outcome.failed.length + outcome.notTried.length]).toEqual([
    0,
    [],
    [],
    2,
  ]);
});

test("stopped after the last write, while the answers lag: not verified, without the whole wait", async () => {
  const { sei, stop, waits, parts } = await world();
  const before = new Map(sei.developers);
  sei.onRead = () => {
    if (sei.writes.length < 2) return;
    sei.developers = new Map(before);
    stop.abort();
  };
  const outcome = await applyPlan({ ...parts, writer: sei });
  expect([outcome.status, sei.reads, waits]).toEqual(["unverified", 2, []]);
});

test("each change goes with the id of the request that carried it", () => {
  const sent = sentRequests();
  const note = (method: string, path: string, requestId: string | null, about: readonly string[] | null) =>
    sent.note({ call: { method, path }, status: 200, requestId, about });
  const create = { kind: "create", email: at("ada"), after: dev("ada") } as const;
  const remove = { kind: "delete", email: at("bob"), before: dev("bob") } as const;
  const identity = { integrationId: 1, before: null, after: "x", movedFrom: null };
  const set = { kind: "setIdentity", email: at("ada"), ...identity } as const;
  const rename: Change = {
    kind: "rename",
    email: at("cleo"),
    previousEmail: at("bob"),
    fields: [],
    before: dev("bob"),
    after: dev("cleo"),
  };
  const map = { kind: "mapField", column: "Site", before: null, after: "ATTRIBUTE" } as const;
  expect([create, remove, set, rename, map].map(sent.idOf)).toEqual([null, null, null, null, null]);
  note("PUT", "/v2/developers/versions/1/fieldMappings", "all", null);
  expect([create, remove, set, map].map(sent.idOf)).toEqual(["all", "all", null, "all"]);
  note("PATCH", "/v2/developers", "records", [at("ada")]);
  note("PATCH", "/v2/developers", "again", [at("ada")]);
  note("DELETE", "/v2/developers", "gone", [at("bob")]);
  note("PATCH", "/v2/developers/identities", "ids", [at("ada")]);
  expect([create, remove, set, rename, map].map(sent.idOf)).toEqual(["again", "gone", "ids", "gone", "all"]);
});
