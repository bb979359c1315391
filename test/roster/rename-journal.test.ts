import { changesOf } from "../../provider/roster/change.js";
import type { DesiredDeveloper } from "../../provider/roster/developer.js";
import { plan, refusals } from "../../provider/roster/plan.js";
import type { RenameEntry } from "../../provider/roster/rename-entry.js";
import { at, declare, desired, dev, live, policy } from "../support/people.js";

describe("of several renames that the journal remembers", () => {
  const gone = (login: string, former: string, identity: string): RenameEntry => ({
    email: at(login),
    previousEmail: at(former),
    identities: [{ integrationId: 101, identity }],
  });
  const set = (declared: readonly DesiredDeveloper[], logins: readonly string[], journal: readonly RenameEntry[]) =>
    changesOf(
      plan(desired(declared), live(logins.map((login) => dev(login))), policy({ prune: "none", journal })).changes,
      "setIdentity",
    ).map(({ email, after }) => [email, after]);

  test("each gives back what was lost by it, to its own developer", () => {
    const journal = [gone("bob.new", "bob", "b"), gone("ada.new", "ada", "a")];
    const declared = [declare(dev("ada.new")), declare(dev("bob.new"))];
    expect(set(declared, ["ada.new", "bob.new"], journal)).toEqual([
      [at("ada.new"), "a"],
      [at("bob.new"), "b"],
    ]);
  });

  test("one says nothing of two people who are both declared, and both live", () => {
    const journal = [gone("new", "old", "o")];
    const two = [declare(dev("old")), declare(dev("new"))];
    expect(set(two, ["old", "new"], journal)).toEqual([]);
    // The one is declared for later.
    const absent = new Map([[at("new"), { kind: "joinsLater", on: "2999-01-01" }] as const]);
    const later = plan(
      desired([declare(dev("old"))], { absent }),
      live([dev("old"), dev("new")]),
      policy({ prune: "none", journal }),
    );
    expect([later.changes, refusals(later)]).toEqual([[], []]);
  });
});

test("a value that only the new record has is no loss", () => {
  const want = desired([{ ...declare(dev("new", { Role: "CTO", Team: "Core" })), previousEmails: [at("old")] }]);
  const people = [dev("old", { name: "NEW", Role: "CTO" }), dev("new", { Role: "CTO", Team: "Core" })];
  const made = plan(want, live(people), policy());
  expect(refusals(made)).toEqual([]);
  expect(made.changes).toMatchObject([{ kind: "rename", previousEmail: at("old"), isRest: true }]);
});
