import type { Day } from "../../provider/roster/day.js";
import { plan } from "../../provider/roster/plan.js";
import { rosterFromCode } from "../../provider/source/load-roster.js";
import { at, declare, desired, dev, live, policy } from "../support/people.js";

const grace = dev("grace");
const ada = dev("ada", { manager: "grace" });

test("who joins on the day is created, and the change says which day made it due", () => {
  const joins = { ...declare(ada), effective: { from: "2026-11-21" } as const };
  const { changes } = plan(desired([declare(grace), joins]), live([grace]), policy());
  expect(changes).toEqual([{ kind: "create", email: at("ada"), after: ada, due: "2026-11-21" }]);
});

test("who has left is deleted, and the change says the last day", () => {
  const roster = desired([declare(grace)], { absent: new Map([[at("ada"), { kind: "hasLeft", on: "2026-11-20" }]]) });
  const { changes } = plan(roster, live([grace, ada]), policy());
  expect(changes).toEqual([{ kind: "delete", email: at("ada"), before: ada, due: "2026-11-20" }]);
  expect(plan(roster, live([grace, ada]), policy({ prune: "none" })).changes).toEqual([]);
});

test("who joins later and is live already is kept, whatever the prune mode", () => {
  const roster = desired([declare(grace)], {
    absent: new Map([[at("ada"), { kind: "joinsLater", on: "2026-12-01" }]]),
  });
  const { changes, kept } = plan(roster, live([grace, ada]), policy({ prune: "all" }));
  expect(changes).toEqual([]);
  expect(kept).toEqual([{ email: at("ada"), name: "ADA", because: "joinsLater" }]);
});

test("who is renamed on a day to come keeps the old record until then", () => {
  const source = {
    developers: {
      [at("grace")]: { name: "GRACE" },
      [at("ada")]: { name: "ADA", effective: { from: "2026-12-01" }, previousEmails: [at("ada.byron")] },
    },
  };
  const before = live([grace, dev("ada.byron", { name: "ADA" })]);
  const on = (asOf: Day) => plan(rosterFromCode(source, { asOf }).roster, before, policy());
  expect(on("2026-11-30")).toMatchObject({ changes: [], kept: [{ email: at("ada.byron"), because: "joinsLater" }] });
  expect(on("2026-12-01").changes).toMatchObject([
    { kind: "rename", email: at("ada"), previousEmail: at("ada.byron") },
  ]);
});
