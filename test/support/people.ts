import { type DesiredRoster, EMPTY_ROSTER } from "../../provider/roster/desired-roster";
import type { DesiredDeveloper, Developer, Identity } from "../../provider/roster/developer";
import type { FieldMapping } from "../../provider/roster/field-mapping";
import type { LiveRoster } from "../../provider/roster/live-roster";
import type { Policy } from "../../provider/roster/plan";
import { strings } from "../../provider/roster/strings";

export const MAPPING: FieldMapping = {
  name: "Name",
  email: "Email",
  managerEmail: "Manager Email",
  attributes: ["Role", "Team"],
};

/** A live record: `dev("ada", { managerEmail: "grace", Role: "Engineer" })` is ada@example.com who reports to grace@. */
export function dev(
  login: string,
  values: { name?: string; manager?: string; Role?: string; Team?: string } = {},
): Developer {
  return {
    email: at(login),
    name: values.name ?? login.toUpperCase(),
    managerEmail: values.manager === undefined || values.manager === "" ? "" : at(values.manager),
    attributes: strings([
      ["Role", values.Role ?? ""],
      ["Team", values.Team ?? ""],
    ]),
  };
}

/** Guards that let everything pass. */
export const NO_LIMITS = {
  maxDelete: "100%",
  maxUpdate: "100%",
  maxBlank: "100%",
  maxManagerChange: "100%",
  maxIdentityMove: "100%",
  minDevelopers: 0,
} as const;

/** Somebody called `old` becomes `new`, and nothing else of them changes. */
export const RENAME = {
  kind: "rename",
  email: at("new"),
  previousEmail: at("old"),
  before: dev("old"),
  after: dev("new"),
  fields: [],
} as const;

export function at(login: string): string {
  return `${login}@example.com`;
}

/** Declares a whole record. */
export function declare(developer: Developer, identities: Readonly<Record<number, string>> = {}): DesiredDeveloper {
  return {
    ...developer,
    identities: new Map(Object.entries(identities).map(([id, identity]) => [Number(id), identity])),
  };
}

export function desired(developers: readonly DesiredDeveloper[], more: Partial<DesiredRoster> = {}): DesiredRoster {
  return { ...EMPTY_ROSTER, developers: new Map(developers.map((one) => [one.email, one])), ...more };
}

export function live(developers: readonly Developer[], more: Partial<LiveRoster> = {}): LiveRoster {
  return {
    mapping: MAPPING,
    developers: new Map(developers.map((one) => [one.email, one])),
    identities: [] as readonly Identity[],
    completeness: { proven: true, count: developers.length },
    ...more,
  };
}

export const NOT_SET_UP: LiveRoster = live([], { mapping: null });

export function policy(more: Partial<Policy> = {}): Policy {
  return {
    target: { endpoint: "http://127.0.0.1:1/sei/api", account: "" },
    prune: "all",
    managed: new Set(),
    guards: {},
    strategy: "auto",
    ...more,
  };
}

/** `team(40)`: one manager and her reports. */
export function team(size: number): readonly Developer[] {
  return Array.from({ length: size }, (_, index) =>
    dev(`p${String(index).padStart(3, "0")}`, index === 0 ? {} : { manager: "p000" }),
  );
}
