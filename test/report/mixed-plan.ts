import type { DesiredDeveloper, Developer } from "../../provider/roster/developer";
import type { LiveRoster } from "../../provider/roster/live-roster";
import { type Plan, plan } from "../../provider/roster/plan";
import type { GuardSettings } from "../../provider/roster/policy";
import { at, declare, desired, dev, live, MAPPING, policy } from "../support/people";

/** A plan, and what it was made of. */
export interface Made {
  readonly plan: Plan;
  readonly live: LiveRoster;
}

const GRACE = dev("grace", { name: "Grace Hopper", Role: "VP", Team: "Core" });
const ADA = dev("ada", { name: "Ada Lovelace", manager: "grace", Role: "Lead", Team: "Payments" });
const ALAN = dev("alan", { name: "Alan Turing", manager: "grace", Role: "Lead", Team: "Search" });
const KIM = dev("kim", { name: "Kim Polese", manager: "alan", Team: "Search" });
const payments = (login: string, name: string) =>
  dev(login, { name, manager: "ada", Role: "Engineer", Team: "Payments" });
const search = (login: string, name: string) => dev(login, { name, manager: "alan", Role: "Engineer", Team: "Search" });

const LIVE = live(
  [
    ...[GRACE, ADA, ALAN, KIM],
    ...[payments("bob", "Bob Ross"), payments("carl", "Carl Sagan"), payments("ida", "Ida Rhodes")],
    ...[payments("jo", "Jo O'Neill"), search("dora", "Dora Maar"), search("emil", "Emil Post")],
    search("fay.old", "Fay Wray"),
    dev("gus", { name: "Gus Grissom", manager: "fay.old", Role: "Engineer", Team: "Search" }),
    dev("hal", { name: "Hal Abelson", manager: "grace", Role: "Architect", Team: "Core" }),
    dev("zed", { name: "Zed Shaw", manager: "grace", Team: "Other" }),
  ],
  {
    identities: [
      { email: at("fay.old"), integrationId: 7, identity: "fay" },
      { email: at("jo"), integrationId: 101, identity: "carl" },
      { email: at("ada"), integrationId: 101, identity: "ada" },
    ],
  },
);

const DECLARED: readonly DesiredDeveloper[] = [
  declare(GRACE),
  declare(ADA, { 101: "ada-gh" }),
  declare(ALAN),
  declare(KIM),
  declare(search("bob", "Bob Ross")),
  declare(search("carl", "Carl Sagan"), { 101: "carl" }),
  declare({ ...search("dora", "Dora Maar"), attributes: { Role: "Staff Engineer", Team: "Search" } }),
  { ...declare(search("fay", "Fay Wray"), { 101: "fay" }), previousEmails: [at("fay.old")] },
  declare(dev("gus", { name: "Gus Grissom", manager: "fay", Role: "Engineer", Team: "Search" })),
  declare(dev("hal", { name: "Hal Abelson", manager: "grace", Role: "", Team: "Core" })),
  declare(dev("ida", { name: "Ida Rhodes", manager: "alan", Role: "Engineer", Team: "R|D `x` <b> @org/team #12" })),
  { ...declare(payments("nia", "Nia Okafor")), effective: { from: "2026-11-01" } },
  declare(dev("omar", { name: "Omar *Khayyam*", manager: "nia", Role: "Engineer", Team: "Payments" })),
  declare(search("emil.post", "Emil Post")),
];

/** Some 20 changes of every kind but columns; with `columns`, a new one too, which a guard refuses beside the rename. */
export function mixedPlan({ guards = {}, columns = false }: { guards?: GuardSettings; columns?: boolean } = {}): Made {
  const fields = { ...MAPPING, attributes: [...MAPPING.attributes, "Site"] };
  const made = plan(
    desired(DECLARED, { guards, ...(columns ? { fields } : {}) }),
    LIVE,
    policy({ prune: "managed", managed: new Set([at("emil"), at("jo")]), guards }),
  );
  return { plan: made, live: LIVE };
}

/** One who joins. */
export function smallPlan(): Made {
  return { plan: plan(desired([declare(GRACE), declare(ADA)]), live([GRACE]), policy()), live: live([GRACE]) };
}

/** Of so many developers, each tenth leaves, each second gets another manager or team, and a tenth as many join. */
export function bigPlan(size: number, letters: (index: number) => string = (index) => `Person ${index}`): Made {
  const boss = (index: number) => (index === 0 ? "" : `p${Math.floor(index / 8)}`);
  const all = Array.from({ length: size }, (_, index) =>
    dev(`p${index}`, { name: letters(index), manager: boss(index), Team: `Team ${index % 50}`, Role: "Engineer" }),
  );
  const changed = all.flatMap((one, index): Developer[] => {
    if (index % 10 === 9) return [];
    if (index % 4 === 1) return [{ ...one, managerEmail: at("p0") }];
    return [index % 4 === 2 ? { ...one, attributes: { Role: "Staff", Team: "New" } } : one];
  });
  const joining = Array.from({ length: Math.ceil(size / 10) }, (_, index) =>
    dev(`new${index}`, { name: letters(size + index), manager: "p0", Team: "New" }),
  );
  const roster = live(all);
  return { plan: plan(desired([...changed, ...joining].map((one) => declare(one))), roster, policy()), live: roster };
}
