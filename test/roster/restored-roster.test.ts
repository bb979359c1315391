import { plan, refusals } from "../../provider/roster/plan.js";
import { type OnceLive, restoredRoster } from "../../provider/roster/restored-roster.js";
import { strings } from "../../provider/roster/strings.js";
import { at, dev, live, MAPPING, NOT_SET_UP, policy } from "../support/people.js";

const holds = (login: string, integrationId: number, identity: string) => ({
  email: at(login),
  integrationId,
  identity,
});
const people = [dev("ada", { Role: "CTO" }), dev("bob", { manager: "ada" })];
const before: OnceLive = { mapping: MAPPING, developers: people, identities: [holds("bob", 101, "b")] };
const everything = policy({ guards: { maxDelete: "100%", maxUpdate: "100%" } });

test("nothing happened since: nothing to do and nothing to say", () => {
  const now = live(people, { identities: before.identities });
  const { desired, notes } = restoredRoster(before, now);
  expect(notes).toEqual([]);
  expect(plan(desired, now, everything).changes).toEqual([]);
});

test("who left comes back with the identity, who came leaves, and what was changed is as it was", () => {
  const now = live([dev("ada", { Role: "CEO", Team: "x" }), dev("eve")], { identities: [] });
  const { desired, notes } = restoredRoster(before, now);
  const made = plan(desired, now, everything);
  expect(refusals(made)).toEqual([]);
  expect(made.changes).toMatchObject([
    { kind: "create", email: at("bob"), after: people[1] },
    { kind: "update", email: at("ada"), after: people[0] },
    { kind: "delete", email: at("eve") },
    { kind: "setIdentity", email: at("bob"), integrationId: 101, after: "b" },
  ]);
  expect(notes).toEqual([]);
});

test("an identity that an account keeps for somebody who is not live is set again", () => {
  const now = live(people.slice(0, 1), { identities: before.identities });
  expect(restoredRoster(before, now).desired.developers.get(at("bob"))?.identities).toEqual(new Map([[101, "b"]]));
});

test("columns that came since stay and are blanked, and it is said; a column that is spelled otherwise did not come", () => {
  const mapping = { ...MAPPING, attributes: ["role", "Team", "Site", "E-Mail", "email"] };
  const now = live([{ ...dev("ada"), attributes: strings([["Site", "Berlin"]]) }], { mapping });
  const { desired, notes } = restoredRoster(before, now);
  expect({ ...desired.developers.get(at("ada"))?.attributes }).toEqual({ Role: "CTO", Team: "", Site: "" });
  expect(notes).toEqual([
    'columns that came since stay, and are blanked, because the API cannot take a column away: "Site"',
  ]);
  expect(desired.fields).toEqual(MAPPING);
  expect(restoredRoster(before, NOT_SET_UP).notes).toEqual([]);
});

test("identities that came since stay, and it is said; those of people who leave or are not live do not count", () => {
  const identities = [
    ...(before.identities ?? []),
    holds("bob", 102, "B"),
    holds("ada", 101, "a"),
    holds("eve", 101, "e"),
    holds("gone", 101, "g"),
  ];
  const { notes } = restoredRoster(before, live([...people, dev("eve")], { identities }));
  expect(notes).toEqual(["2 identity(ies) that came since stay, because the API cannot unset one"]);
  // Another one in an integration in which they had one is set back.
  const other = live(people, { identities: [holds("bob", 101, "other")] });
  const restored = restoredRoster(before, other);
  expect(restored.notes).toEqual([]);
  expect(restored.desired.developers.get(at("bob"))?.identities).toEqual(new Map([[101, "b"]]));
});

test("of several lost identities in one integration the first is set, and it is said", () => {
  const several = [holds("bob", 101, "b"), holds("bob", 101, "b2"), holds("bob", 101, "b3"), holds("bob", 102, "B")];
  const { desired, notes } = restoredRoster({ ...before, identities: several }, live(people));
  expect(desired.developers.get(at("bob"))?.identities).toEqual(
    new Map([
      [101, "b"],
      [102, "B"],
    ]),
  );
  expect(notes).toEqual(["2 identity(ies) cannot be set now, because one developer had several in one integration"]);
});

test("a backup without identities leaves them as they are, and says so", () => {
  const now = live(people, { identities: [holds("bob", 101, "other")] });
  const { desired, notes } = restoredRoster({ ...before, identities: null }, now);
  expect(plan(desired, now, everything).changes).toEqual([]);
  expect(notes).toEqual([
    "the backup holds no identities, because what it was made for could not touch any: they stay as they are",
  ]);
});
