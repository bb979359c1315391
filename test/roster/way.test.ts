import type { Change } from "../../provider/roster/change.js";
import { chooseWay, type WayOptions } from "../../provider/roster/way.js";
import { at, dev } from "../support/people.js";

const record = dev("ada");
const make: Readonly<Record<Change["kind"] | "rest", (login: string) => Change>> = {
  create: (login) => ({ kind: "create", email: at(login), after: record }),
  update: (login) => ({ kind: "update", email: at(login), before: record, after: record, fields: [] }),
  delete: (login) => ({ kind: "delete", email: at(login), before: record }),
  rename: (login) => renameOf(login),
  rest: (login) => ({ ...renameOf(login), isRest: true }),
  setIdentity: (login) => ({
    kind: "setIdentity",
    email: at(login),
    integrationId: 1,
    before: null,
    after: login,
    movedFrom: null,
  }),
  mapField: (login) => ({ kind: "mapField", column: login, before: null, after: "ATTRIBUTE" }),
};

function renameOf(login: string) {
  return {
    kind: "rename",
    email: at(login),
    previousEmail: at(`old-${login}`),
    before: record,
    after: record,
    fields: [],
  } as const;
}

/** So many changes of each kind. */
function changes(counts: Partial<Record<keyof typeof make, number>>): readonly Change[] {
  return (Object.entries(counts) as [keyof typeof make, number][]).flatMap(([kind, count]) =>
    Array.from({ length: count }, (_, index) => make[kind](`${kind}${index}`)),
  );
}

const OURS: WayOptions = { isSetUp: true, everythingIsOurs: true, strategy: "auto" };
const way = (counts: Parameters<typeof changes>[0], more: Partial<WayOptions> = {}) =>
  chooseWay(changes(counts), { ...OURS, ...more });

test("nothing to change needs no request, whatever else holds", () => {
  const none = { kind: "none", requests: 0, why: "there is nothing to change" };
  expect(way({})).toEqual(none);
  expect(way({}, { isSetUp: false, strategy: "reupload" })).toEqual(none);
});

test("an account that is not set up takes an upload and a save; identities come after", () => {
  const why = "the initial setup of the account has not been done";
  expect(way({ mapField: 3, create: 2000 }, { isSetUp: false })).toEqual({ kind: "setup", requests: 2, why });
  expect(way({ create: 1, setIdentity: 501 }, { isSetUp: false })).toEqual({ kind: "setup", requests: 4, why });
});

test("another field mapping saves every record again", () => {
  const why = "the field mapping changes, which saves every record again";
  expect(way({ mapField: 1 })).toEqual({ kind: "setup", requests: 2, why });
  expect(way({ mapField: 1, setIdentity: 500 }, { strategy: "upsert" })).toEqual({ kind: "setup", requests: 3, why });
});

test("one record goes alone first; a batch holds 500 records; deletes and identities have batches of their own", () => {
  const requests = (counts: Parameters<typeof changes>[0]) => way(counts, { everythingIsOurs: false }).requests;
  expect(requests({ create: 1 })).toBe(1);
  expect(requests({ create: 250, update: 251 })).toBe(2);
  expect(requests({ create: 250, update: 252 })).toBe(3);
  expect(requests({ delete: 500 })).toBe(1);
  expect(requests({ delete: 501 })).toBe(2);
  expect(requests({ create: 1, delete: 1, setIdentity: 1 })).toBe(3);
  expect(requests({ setIdentity: 501 })).toBe(2);
});

test("a rename writes a record and deletes one; what is left of one only deletes", () => {
  const requests = (counts: Parameters<typeof changes>[0]) => way(counts).requests;
  expect(requests({ rename: 1 })).toBe(2);
  expect(requests({ rename: 500 })).toBe(3);
  expect(requests({ rename: 501 })).toBe(4);
  expect(requests({ rest: 1 })).toBe(1);
  expect(requests({ rest: 1, update: 500 })).toBe(3);
  expect(requests({ rest: 1, delete: 500 })).toBe(2);
});

test("a re-upload is chosen where everybody is ours, nobody is renamed, and it saves requests", () => {
  expect(way({ update: 1001 })).toEqual({
    kind: "reupload",
    requests: 2,
    why: "2 requests instead of 3, and everybody is ours",
  });
  expect(way({ update: 501, delete: 501, setIdentity: 1 })).toEqual({
    kind: "reupload",
    requests: 3,
    why: "2 requests instead of 4, and everybody is ours",
  });
  const upsert = { kind: "upsert", why: "only what differs is sent" };
  expect(way({ update: 1000 })).toEqual({ ...upsert, requests: 3 });
  expect(way({ update: 1001 }, { everythingIsOurs: false })).toEqual({ ...upsert, requests: 3 });
  expect(way({ update: 1001, rename: 1 })).toEqual({ ...upsert, requests: 5 });
});

test("a strategy that is asked for is taken, and said; identities alone are no reason to re-upload", () => {
  expect(way({ update: 1 }, { strategy: "reupload", everythingIsOurs: false })).toEqual({
    kind: "reupload",
    requests: 2,
    why: "strategy: reupload",
  });
  expect(way({ delete: 1, setIdentity: 1 }, { strategy: "reupload" })).toMatchObject({ kind: "reupload", requests: 3 });
  expect(way({ setIdentity: 1 }, { strategy: "reupload" })).toMatchObject({ kind: "upsert", requests: 1 });
  expect(way({ update: 1001 }, { strategy: "upsert" })).toEqual({
    kind: "upsert",
    requests: 3,
    why: "strategy: upsert",
  });
});
