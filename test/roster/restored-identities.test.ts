import { type OnceLive, restoredRoster } from "../../provider/roster/restored-roster.js";
import { at, dev, live, MAPPING } from "../support/people.js";

const holds = (login: string, integrationId: number, identity: string) => ({
  email: at(login),
  integrationId,
  identity,
});
const people = [dev("ada"), dev("bob")];
const before: OnceLive = {
  mapping: MAPPING,
  developers: people,
  identities: [holds("bob", 101, "b"), holds("bob", 101, "b2"), holds("ada", 101, "a")],
};
const wanted = (now: Parameters<typeof restoredRoster>[1]) => {
  const { desired, notes } = restoredRoster(before, now);
  return { notes, identities: [...desired.developers.values()].map((one) => [...one.identities]) };
};

test("identities that are still held are not declared, also not where one developer has several", () => {
  expect(wanted(live(people, { identities: before.identities }))).toEqual({ notes: [], identities: [[], []] });
});

test("where nobody knows which are live, all of them are declared", () => {
  expect(wanted(live(people, { identities: null }))).toEqual({
    notes: ["1 identity(ies) cannot be set now, because one developer had several in one integration"],
    identities: [[[101, "a"]], [[101, "b"]]],
  });
});

test("columns that came since are named one by one", () => {
  const mapping = { ...MAPPING, attributes: [...MAPPING.attributes, "Site", "Level"] };
  expect(wanted(live(people, { mapping, identities: before.identities })).notes).toEqual([
    expect.stringMatching(/: "Site", "Level"$/),
  ]);
});

test("what a killed run left in place of an identity is that identity", () => {
  const marked = { ...before, identities: [holds("ada", 101, `released by ${at("ada")}: gh`)] };
  const { desired } = restoredRoster(marked, live(people, { identities: [] }));
  expect([...(desired.developers.get(at("ada"))?.identities ?? [])]).toEqual([[101, "gh"]]);
});
