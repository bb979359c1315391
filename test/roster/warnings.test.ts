import type { Change } from "../../provider/roster/change.js";
import { warningsOf } from "../../provider/roster/warnings.js";
import { at, dev } from "../support/people.js";

const joins = (login: string, name: string): Change => ({
  kind: "create",
  email: at(login),
  after: dev(login, { name }),
});
const leaves = (login: string, name: string): Change => ({
  kind: "delete",
  email: at(login),
  before: dev(login, { name }),
});
const takes = (login: string, from: string | null): Change => ({
  kind: "setIdentity",
  email: at(login),
  integrationId: 1,
  before: null,
  after: "x",
  movedFrom: from === null ? null : at(from),
});
const pairs = (...changes: readonly Change[]) => warningsOf(changes).map((one) => [one.joins, one.leaves]);

test("one who joins with the name of one who leaves looks like a rename, whatever its case, spaces and accents", () => {
  const expected = [[at("new"), at("old")]];
  expect(pairs(joins("new", "Zoë Miller"), leaves("old", "Zoë Miller"))).toEqual(expected);
  expect(pairs(joins("new", " ZOË MILLER "), leaves("old", "Zoë Miller"))).toEqual(expected);
  expect(pairs(joins("new", "Zoe\u0308 Miller"), leaves("old", "Zo\u00eb Miller"))).toEqual(expected);
});

test("other names are other people, and so are two without a name", () => {
  expect(pairs(joins("new", "Ada"), leaves("old", "Bob"))).toEqual([]);
  expect(pairs(joins("new", ""), leaves("old", ""))).toEqual([]);
  expect(pairs(joins("new", " "), leaves("old", "\t"))).toEqual([]);
});

test("one who joins with an identity of one who leaves does too, and that says more than a name", () => {
  expect(pairs(joins("new", "Ada"), leaves("old", "Bob"), takes("new", "old"))).toEqual([[at("new"), at("old")]]);
  expect(pairs(joins("new", "Bob"), leaves("old", "Ada"), leaves("other", "Bob"), takes("new", "old"))).toEqual([
    [at("new"), at("old")],
  ]);
});

test("an identity of nobody, or of one who stays, says nothing", () => {
  expect(pairs(joins("new", "Ada"), leaves("old", "Bob"), takes("new", null))).toEqual([]);
  expect(pairs(joins("new", "Ada"), leaves("old", "Bob"), takes("new", "stays"))).toEqual([]);
});
