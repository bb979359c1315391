import { heldIdentities } from "../../provider/roster/held-identities.js";
import { judgeRenames } from "../../provider/roster/judge-renames.js";
import { plan } from "../../provider/roster/plan.js";
import type { RenameEntry } from "../../provider/roster/rename-entry.js";
import { resolveRenames } from "../../provider/roster/resolve-renames.js";
import { strings } from "../../provider/roster/strings.js";
import { at, declare, desired, dev, live, policy, RENAME } from "../support/people.js";

const holds = (login: string, integrationId: number, identity: string) => ({
  email: at(login),
  integrationId,
  identity,
});
const entry = (login: string, former: string, ...identities: [number, string][]): RenameEntry => ({
  email: at(login),
  previousEmail: at(former),
  identities: identities.map(([integrationId, identity]) => ({ integrationId, identity })),
});
const renamed = (login: string, ...former: string[]) => ({ ...declare(dev(login)), previousEmails: former.map(at) });
/** Declares nothing of somebody but the address, and former ones. */
const bare = (login: string, ...former: string[]) => ({
  email: at(login),
  attributes: strings([]),
  identities: new Map<number, string>(),
  ...(former.length === 0 ? {} : { previousEmails: former.map(at) }),
});

/** Every order of a few items. */
function orders<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length < 2) return [items];
  return items.flatMap((first, index) => orders(items.toSpliced(index, 1)).map((rest) => [first, ...rest]));
}

test("the identities of one developer are in order, by whatever question comes first", () => {
  const identities = [holds("ada", 10, "b"), holds("ada", 2, "c"), holds("ada", 2, "a"), holds("ada", 1, "z")];
  for (const some of orders(identities)) {
    const developers = new Set([at("ada")]);
    expect(heldIdentities(some, developers).of(at("ada"), 2)).toEqual(["a", "c"]);
    const all = heldIdentities(some, developers).all(at("ada"));
    expect(all.map(({ integrationId, identity }) => `${integrationId} ${identity}`)).toEqual([
      "1 z",
      "2 a",
      "2 c",
      "10 b",
    ]);
  }
});

test("renames under way come in the order of their keys, however the journal lists them", () => {
  const people = ["n", "m", "b", "a"].map((login) => dev(login));
  const journal = [entry("n", "m"), entry("n", "b"), entry("n", "a"), entry("m", "a")];
  for (const some of orders(journal)) {
    const { entries } = resolveRenames(desired([bare("n", "m", "b", "a")]), live(people), some);
    expect(entries.get(at("n"))?.map(({ email, previousEmail }) => [email, previousEmail])).toEqual([
      [at("m"), at("a")],
      [at("n"), at("a")],
      [at("n"), at("b")],
      [at("n"), at("m")],
    ]);
  }
});

test("every address that the journal connects is theirs, not only the last one", () => {
  const people = ["c", "b", "a"].map((login) => dev(login));
  const { rest, spokenFor } = resolveRenames(desired([bare("c", "b")]), live(people), [
    entry("b", "a"),
    entry("c", "b"),
  ]);
  expect(rest.map(({ previousEmail }) => previousEmail)).toEqual([at("a"), at("b")]);
  expect(spokenFor).toEqual(new Set([at("a"), at("b")]));
});

test("a rename under way between two people who are both declared concerns both, and takes nobody over", () => {
  const people = [dev("new"), dev("old")];
  const begun = entry("new", "old");
  const { entries, rest } = resolveRenames(desired([bare("new", "old"), bare("old")]), live(people), [begun]);
  expect([...entries]).toEqual([
    [at("new"), [begun]],
    [at("old"), [begun]],
  ]);
  expect(rest).toEqual([]);
});

test("what is left of several old records goes in the order of their addresses", () => {
  const people = [dev("a"), dev("m")];
  // `m` is who they were renamed to last, so its record becomes the new one.
  const made = plan(desired([renamed("new", "a", "m")]), live(people), policy({ journal: [entry("m", "a")] }));
  expect(made.changes).toMatchObject([
    { kind: "rename", email: at("new"), previousEmail: at("a"), isRest: true },
    { kind: "rename", email: at("new"), previousEmail: at("m") },
  ]);
});

describe("identities that come along", () => {
  const set = (made: ReturnType<typeof plan>) =>
    made.changes.flatMap((one) =>
      one.kind === "setIdentity" ? [[one.integrationId, one.after, one.movedFrom] as const] : [],
    );

  test("each once: those that the old record still holds are not taken out of the journal too", () => {
    const made = plan(
      desired([bare("new", "old")]),
      live([dev("new"), dev("old")], { identities: [holds("old", 1, "o")] }),
      policy({ journal: [entry("new", "old", [1, "o"], [1, "gone"])] }),
    );
    expect(set(made)).toEqual([[1, "o", at("old")]]);
  });

  test("where one is declared and held, the others of that integration are left as they are", () => {
    const made = plan(
      desired([{ ...bare("new", "old"), identities: new Map([[1, "o"]]) }]),
      live([dev("new"), dev("old")], { identities: [holds("new", 1, "o")] }),
      policy({ journal: [entry("new", "old", [1, "o"], [1, "o2"])] }),
    );
    expect(set(made)).toEqual([]);
  });

  test("what is kept for any of the old addresses is theirs: it moves from nobody", () => {
    const journal = [entry("new", "a", [1, "x"]), entry("new", "b", [2, "y"])];
    const wanted = desired([{ ...bare("new"), identities: new Map([[1, "x"]]) }]);
    const made = (login: string) =>
      plan(wanted, live([dev("new")], { identities: [holds(login, 1, "x")] }), policy({ journal }));
    expect(set(made("a"))).toContainEqual([1, "x", null]);
    // Somebody else's, who is not live either.
    expect(set(made("eve"))).toContainEqual([1, "x", at("eve")]);
  });
});

test("an attribute that holds the address of somebody renamed is a value like any other, and counts as an update", () => {
  const before = {
    ...dev("bob"),
    attributes: strings([
      ["Role", at("old")],
      ["Team", ""],
    ]),
  };
  const after = {
    ...declare(dev("bob")),
    attributes: strings([
      ["Role", at("new")],
      ["Team", ""],
    ]),
  };
  const made = plan(
    desired([renamed("new", "old"), after]),
    live([dev("old", { name: "NEW" }), before]),
    policy({ guards: { maxUpdate: 0 } }),
  );
  expect(made.changes).toMatchObject([{ kind: "rename" }, { kind: "update", email: at("bob") }]);
  const [, update] = made.changes;
  expect(update?.kind === "update" && update.fields).toEqual([{ field: "Role", before: at("old"), after: at("new") }]);
  expect(made.guards.find(({ name }) => name === "maxUpdate")).toMatchObject({ verdict: "refused", actual: 1 });
});

test("a rename loses nothing where nothing is sent", () => {
  expect(judgeRenames({ changes: [RENAME], unsafe: [], way: "none", identitiesWereRead: true })).toMatchObject({
    verdict: "passed",
    actual: 1,
  });
});
