import { changesOf } from "../../provider/roster/change.js";
import type { DesiredDeveloper, Identity } from "../../provider/roster/developer.js";
import { heldIdentities } from "../../provider/roster/held-identities.js";
import { plan } from "../../provider/roster/plan.js";
import { releasedFrom, releasedText } from "../../provider/roster/released-identity.js";
import { at, declare, desired, dev, live, policy } from "../support/people.js";

const holds = (login: string, integrationId: number, identity: string): Identity => ({
  email: at(login),
  integrationId,
  identity,
});
/** What a run that was killed left in place of an identity of this developer. */
const freed = (login: string, integrationId: number, identity: string) =>
  holds(login, integrationId, releasedText(at(login), identity));
const renamed = (login: string, former: string, identities = {}): DesiredDeveloper => ({
  ...declare(dev(login), identities),
  previousEmails: [at(former)],
});

function sets(
  declared: readonly DesiredDeveloper[],
  logins: readonly string[],
  identities: readonly Identity[],
  more = {},
) {
  const people = logins.map((login) => dev(login));
  const made = plan(desired(declared), live(people, { identities }), policy({ prune: "none", ...more }));
  return changesOf(made.changes, "setIdentity").map(({ email, integrationId, before, after, movedFrom }) =>
    [email, `${integrationId}:${after}`, before, movedFrom].map((one) => one?.replace("@example.com", "") ?? null),
  );
}

const ada = declare(dev("ada"));

test("a mark gives back the identity that it was made of, and nothing else is one", () => {
  expect(releasedFrom(releasedText(at("ada"), "gh: a b"))).toBe("gh: a b");
  for (const text of ["ada", "released by ada", `is ${releasedText(at("ada"), "gh")}`, ""]) {
    expect(releasedFrom(text)).toBeNull();
  }
  expect(releasedText(at("ada"), "gh")).not.toBe(releasedText(at("bob"), "gh"));
});

describe("an identity that was freed to move away, and did not", () => {
  test("comes back to its last holder, in every integration", () => {
    expect(sets([ada], ["ada"], [freed("ada", 1, "gh"), freed("ada", 2, "jira")])).toEqual([
      ["ada", "1:gh", null, null],
      ["ada", "2:jira", null, null],
    ]);
    // Nobody else's.
    expect(sets([ada, declare(dev("bob"))], ["ada", "bob"], [freed("ada", 1, "gh"), holds("bob", 1, "b")])).toEqual([
      ["ada", "1:gh", null, null],
    ]);
  });

  test("moves on with who is renamed", () => {
    expect(sets([renamed("new", "ada")], ["ada"], [freed("ada", 1, "gh"), holds("ada", 2, "j")])).toEqual([
      ["new", "1:gh", null, "ada"],
      ["new", "2:j", null, "ada"],
    ]);
  });

  test("goes to whom it is declared for, and to nobody besides", () => {
    expect(sets([ada, declare(dev("bob"), { 1: "gh" })], ["ada", "bob"], [freed("ada", 1, "gh")])).toEqual([
      ["bob", "1:gh", null, null],
    ]);
  });

  test("makes room for one that comes along", () => {
    const journal = [{ email: at("new"), previousEmail: at("old"), identities: [] }];
    const identities = [freed("new", 1, "x"), holds("old", 1, "o"), freed("new", 2, "y")];
    expect(sets([renamed("new", "old")], ["new", "old"], identities, { journal })).toEqual([
      ["new", "1:o", null, "old"],
      ["new", "2:y", null, null],
    ]);
  });

  test("makes room for another one that is declared", () => {
    expect(sets([declare(dev("ada"), { 1: "other" })], ["ada"], [freed("ada", 1, "gh")])).toEqual([
      ["ada", "1:other", null, null],
    ]);
    expect(sets([declare(dev("ada"), { 1: "gh" })], ["ada"], [freed("ada", 1, "gh")])).toEqual([
      ["ada", "1:gh", null, null],
    ]);
  });

  test("is no loss any more once somebody holds it, or its last holder is gone", () => {
    const bob = declare(dev("bob"));
    expect(sets([ada, bob], ["ada", "bob"], [freed("ada", 1, "gh"), holds("bob", 1, "gh")])).toEqual([]);
    expect(sets([bob], ["bob"], [freed("ada", 1, "gh")])).toEqual([]);
    // The same text in another integration is another identity, and what nobody holds who is live is free.
    expect(sets([ada, bob], ["ada", "bob"], [freed("ada", 1, "gh"), holds("bob", 2, "gh")])).toHaveLength(1);
    expect(sets([ada], ["ada"], [freed("ada", 1, "gh"), holds("gone", 1, "gh")])).toHaveLength(1);
  });

  test("is among all of its last holder, in order, and is not what they hold", () => {
    const identities = [holds("ada", 3, "c"), freed("ada", 2, "b"), holds("ada", 1, "a"), freed("bob", 1, "x")];
    const index = heldIdentities(identities, new Set([at("ada"), at("bob")]));
    expect(index.all(at("ada"))).toEqual([holds("ada", 1, "a"), holds("ada", 2, "b"), holds("ada", 3, "c")]);
    expect(index.released(at("ada"))).toEqual([holds("ada", 2, "b")]);
    expect(index.of(at("ada"), 2)).toEqual([]);
    expect(index.holders(2, "b")).toEqual([]);
    expect(index.holders(2, releasedText(at("ada"), "b"))).toEqual([]);
    expect(index.anyReleased).toBe(true);
    expect(heldIdentities([holds("ada", 3, "c")], new Set([at("ada")])).anyReleased).toBe(false);
  });
});
