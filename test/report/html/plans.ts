import { planHtml } from "../../../provider/report/html/plan-html";
import { orgChart } from "../../../provider/report/org-chart";
import { reviewOf } from "../../../provider/report/review";
import type { Developer } from "../../../provider/roster/developer";
import type { LiveRoster } from "../../../provider/roster/live-roster";
import { type Plan, plan } from "../../../provider/roster/plan";
import type { GuardSettings } from "../../../provider/roster/policy";
import { strings } from "../../../provider/roster/strings";
import { at, declare, desired, dev, live, policy } from "../../support/people";

/** A plan with what it was made of. */
export interface Planned {
  readonly made: Plan;
  readonly live: LiveRoster;
}

const OPEN: GuardSettings = {
  maxDelete: "100%",
  maxUpdate: "100%",
  maxBlank: "100%",
  maxManagerChange: "100%",
  maxIdentityMove: "100%",
};

/** The page of a plan. */
export function pageOf(
  { made, live }: Planned,
  people: "names" | "masked" = "names",
  title = "Plan for Example Ltd",
): string {
  return planHtml({
    review: reviewOf(made, live.developers, { people }),
    org: orgChart(live.developers, made.changes, { people, part: "whole" }),
    title,
  });
}

/** An organisation of 26 in three teams, and a plan of every kind of change. */
export function mixedPlan(guards: GuardSettings = OPEN): Planned {
  const names = ["Ada Lovelace", "Grace Hopper", "Alan Turing", "Barbara Liskov", "Edsger Dijkstra", "Frances Allen"];
  const people = [
    dev("boss", { name: "Margaret Hamilton", Role: "CTO", Team: "Office" }),
    dev("grace", { name: "Grace Hopper", manager: "boss", Role: "Director", Team: "Payments" }),
    dev("ada", { name: "Ada Lovelace", manager: "boss", Role: "Director", Team: "Discovery" }),
    dev("alan", { name: "Alan Turing", manager: "ada", Role: "Lead", Team: "Discovery" }),
    ...Array.from({ length: 18 }, (_, one) =>
      dev(`dev${one + 10}`, {
        name: `${names[one % 6]?.split(" ")[0]} ${"Nakamura,Okafor,Silva,Müller,Novák,Haddad".split(",")[(one * 5 + 1) % 6]} ${one}`,
        manager: ["grace", "ada", "alan"][one % 3] ?? "",
        Role: "Engineer",
        Team: ["Payments", "Discovery", "Discovery"][one % 3] ?? "",
      }),
    ),
    dev("kept1", { name: "Contractor One" }),
    dev("kept2", { name: "Contractor Two" }),
    dev("old.name", { name: "Maria Jones", manager: "grace", Role: "Engineer", Team: "Payments" }),
    dev("twin.old", { name: "Robin Twin", manager: "alan", Role: "Engineer", Team: "Discovery" }),
  ];
  const now = new Map(people.map((one) => [one.email, one]));
  const set = (login: string, values: Parameters<typeof dev>[1]): void => {
    const was = now.get(at(login)) as Developer;
    now.set(at(login), {
      ...was,
      ...(values?.manager === undefined ? {} : { managerEmail: at(values.manager) }),
      attributes: strings([
        ["Role", values?.Role ?? was.attributes["Role"] ?? ""],
        ["Team", values?.Team ?? was.attributes["Team"] ?? ""],
      ]),
    });
  };
  for (const gone of ["kept1", "kept2", "old.name", "twin.old", "dev12", "dev13"]) now.delete(at(gone));
  set("dev10", { manager: "ada", Team: "Discovery" });
  set("dev15", { manager: "alan" });
  set("alan", { manager: "grace" });
  set("dev14", { Role: "Staff Engineer" });
  set("dev17", { Role: "" });
  set("dev20", { Team: "Payments" });
  const declared = [
    ...[...now.values()].map((one) => declare(one, one.email === at("dev16") ? { 101: "ada-gh" } : {})),
    declare(dev("new.hire", { name: "Katherine Johnson", manager: "grace", Role: "Engineer", Team: "Payments" }), {
      101: "katherine-j",
    }),
    declare(dev("twin.new", { name: "Robin Twin", manager: "alan", Role: "Engineer", Team: "Discovery" })),
    declare(dev("intern", { name: "José Álvarez", manager: "dev14", Role: "Intern", Team: "Discovery" })),
    {
      ...declare(dev("maria.smith", { name: "Maria Smith", manager: "grace", Role: "Engineer", Team: "Payments" })),
      previousEmails: [at("old.name")],
    },
  ];
  const before = live(people, { identities: [{ email: at("dev11"), integrationId: 101, identity: "ada-gh" }] });
  const ours = new Set(people.map(({ email }) => email).filter((email) => !email.startsWith("kept")));
  return { made: plan(desired(declared), before, policy({ prune: "managed", managed: ours, guards })), live: before };
}

/** The same, refused by the guards. */
export function refusedPlan(): Planned {
  return mixedPlan({ maxDelete: 1, maxUpdate: 2, protect: [at("dev12")] });
}

/**
 * An organisation in which everybody has eight reports, and a plan that changes so many of them, in turn by another
 * role, another manager and another team.
 */
export function largePlan(size: number, changes: number): Planned {
  const login = (one: number): string => `p${String(one).padStart(6, "0")}`;
  const people = Array.from({ length: size }, (_, one) =>
    dev(login(one), {
      name: `${FIRST[one % FIRST.length]} ${LAST[(one * 7 + 3) % LAST.length]} ${one}`,
      manager: one === 0 ? "" : login(Math.floor((one - 1) / 8)),
      Role: "Engineer",
      Team: `Team ${one % 97}`,
    }),
  );
  const every = Math.max(1, Math.floor(size / changes));
  const after = people.map((one, at) => {
    if (at === 0 || at % every !== 0 || at / every > changes) return one;
    const turn = (at / every) % 3;
    if (turn === 0)
      return {
        ...one,
        attributes: strings([
          ["Role", "Staff Engineer"],
          ["Team", `Team ${at % 97}`],
        ]),
      };
    if (turn === 1)
      return {
        ...one,
        attributes: strings([
          ["Role", "Engineer"],
          ["Team", `Team ${(at + 1) % 97}`],
        ]),
      };
    return { ...one, managerEmail: people[Math.max(0, Math.floor((at - 1) / 8) - 1)]?.email ?? "" };
  });
  const before = live(people);
  return { made: plan(desired(after.map((one) => declare(one))), before, policy({ guards: OPEN })), live: before };
}

const FIRST = ["Ada", "Grace", "Alan", "Barbara", "Edsger", "Frances", "José", "Wei", "Amina", "Olga", "Ravi"];
const LAST = ["Lovelace", "Hopper", "Turing", "Liskov", "Okafor", "Silva", "Müller", "Novák", "Haddad", "Nakamura"];
