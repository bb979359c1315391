import { type AcceptedDrift, acceptedDrift, newDrift } from "../../provider/roster/accepted-drift.js";
import type { Change, FieldChange } from "../../provider/roster/change.js";
import { at, dev } from "../support/people.js";

const [ada, bob] = [dev("ada"), dev("bob")];
const team = (after: string): FieldChange => ({ field: "Team", before: "Core", after });
const role = (after: string): FieldChange => ({ field: "Role", before: "CTO", after });
const update = (...fields: FieldChange[]): Change => ({
  kind: "update",
  email: at("ada"),
  before: ada,
  after: ada,
  fields,
});
const rename = (previous: string, ...fields: FieldChange[]): Change => ({
  kind: "rename",
  email: at("new"),
  previousEmail: at(previous),
  before: ada,
  after: ada,
  fields,
});
const identity = (more: Partial<Extract<Change, { kind: "setIdentity" }>> = {}): Change => ({
  kind: "setIdentity",
  email: at("ada"),
  integrationId: 101,
  before: "old",
  after: "new",
  movedFrom: null,
  ...more,
});
const column = (more: Partial<Extract<Change, { kind: "mapField" }>> = {}): Change => ({
  kind: "mapField",
  column: "Team",
  before: "ATTRIBUTE",
  after: "NAME",
  ...more,
});
const create: Change = { kind: "create", email: at("bob"), after: bob };
const leave: Change = { kind: "delete", email: at("bob"), before: bob };

const ALL = [rename("old"), update(team("Ops"), role("CEO")), create, leave, identity(), column()];

test("what is accepted is no new drift, and nothing of it is gone", () => {
  const accepted = acceptedDrift(ALL);
  expect(accepted).toHaveLength(7);
  expect(newDrift(ALL, accepted)).toEqual({ changes: [], accepted: 7, gone: [] });
});

test("without a baseline everything is new", () => {
  expect(newDrift(ALL, [])).toEqual({ changes: ALL, accepted: 0, gone: [] });
  expect(newDrift([], acceptedDrift(ALL))).toEqual({ changes: [], accepted: 0, gone: acceptedDrift(ALL) });
});

test("it names whom and what, and no value", () => {
  const values = expect.stringMatching(/^[0-9a-f]{16}$/);
  expect(acceptedDrift(ALL)).toEqual([
    { kind: "update", email: at("ada"), field: "Role", values },
    { kind: "update", email: at("ada"), field: "Team", values },
    { kind: "setIdentity", email: at("ada"), integrationId: 101, values },
    { kind: "create", email: at("bob") },
    { kind: "delete", email: at("bob") },
    { kind: "rename", email: at("new"), values },
    { kind: "mapField", field: "Team", values },
  ] satisfies AcceptedDrift[]);
  expect(acceptedDrift([...ALL].reverse())).toEqual(acceptedDrift(ALL));
});

test.each<[string, Change, Change]>([
  ["another value live", update({ ...team("Ops"), before: "Lab" }), update(team("Ops"))],
  ["another value declared", update(team("Lab")), update(team("Ops"))],
  ["another column of the same values", update({ ...team("Ops"), field: "Site" }), update(team("Ops"))],
  ["another former address", rename("older"), rename("old")],
  ["a value besides the address", rename("old", team("Ops")), rename("old")],
  ["another identity live", identity({ before: null }), identity()],
  ["another identity declared", identity({ after: "other" }), identity()],
  ["an identity of somebody else", identity({ movedFrom: at("bob") }), identity()],
  ["another integration", identity({ integrationId: 102 }), identity()],
  ["another field", column({ after: null }), column()],
  ["another field before", column({ before: null }), column()],
  ["who is missing is not who is too many", create, leave],
  ["somebody else", { ...leave, email: at("cy") }, leave],
])("drifted on, it is new: %s", (_name, now, accepted) => {
  expect(newDrift([now], acceptedDrift([accepted]))).toEqual({
    changes: [now],
    accepted: 0,
    gone: acceptedDrift([accepted]),
  });
});

test("of one person with several values only the new ones are left", () => {
  const accepted = acceptedDrift([update(team("Ops"))]);
  expect(newDrift([update(role("CEO"), team("Ops"))], accepted)).toEqual({
    changes: [update(role("CEO"))],
    accepted: 1,
    gone: [],
  });
});

test("a column that comes under a new name from another one than was accepted is new drift", () => {
  const squad = { column: "Squad", before: null, after: "ATTRIBUTE" } as const;
  const accepted = acceptedDrift([column({ ...squad, renamedFrom: "Team" })]);
  const other = column({ ...squad, renamedFrom: "Role" });
  expect(newDrift([other], accepted)).toEqual({ changes: [other], accepted: 0, gone: accepted });
  const going = acceptedDrift([column({ after: null, renamedTo: "Squad" })]);
  const dropped = column({ after: null });
  expect(newDrift([dropped], going)).toEqual({ changes: [dropped], accepted: 0, gone: going });
});
