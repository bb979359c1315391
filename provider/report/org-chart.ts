import type { Change } from "../roster/change.js";
import type { Developer } from "../roster/developer.js";
import { byText } from "../roster/strings.js";
import { type People, showEmail } from "./people.js";
import type { Person } from "./review.js";

/** What becomes of somebody: `moves` has another manager, `changes` has other values or another address. */
export type OrgState = "joins" | "leaves" | "moves" | "changes" | "stays";

/** Somebody in the chart. */
export interface OrgNode {
  /** Unique in the chart: its number. Masked addresses are not. */
  readonly id: number;
  readonly person: Person;
  readonly state: OrgState;
  /** The manager's number before; null: nobody in the chart, or not there before. */
  readonly before: number | null;
  /** The manager's number after; null: nobody in the chart, or not there any more. */
  readonly after: number | null;
}

/** Which part of the chart: `whole`, or `changed`: who joins, leaves, moves or changes, and their managers. */
export type OrgPart = "whole" | "changed";

/**
 * Who reports to whom before and after a plan, sorted by address. Somebody who gets a new address is one node.
 *
 * @param live everybody who is live before, by key
 * @example
 * orgChart(live.developers, plan.changes, { people: "names", part: "changed" });
 * // [{ id: 0, person: { email: "ada@example.com", name: "Ada" }, state: "stays", before: null, after: null }, ...]
 */
export function orgChart(
  live: ReadonlyMap<string, Developer>,
  changes: readonly Change[],
  { people, part }: { readonly people: Exclude<People, "none">; readonly part: OrgPart },
): readonly OrgNode[] {
  const all = everybody(live, changes);
  const shown = part === "whole" ? new Set(all.keys()) : touchedWithManagers(all);
  const keys = [...shown].sort(byText);
  const ids = new Map(keys.map((key, id) => [key, id]));
  return keys.map((key, id): OrgNode => {
    const { email, name, state, before, after } = all.get(key) as Somebody;
    return {
      id,
      person: { email: showEmail(email, people), name: people === "names" ? name : "" },
      state,
      before: before === null ? null : (ids.get(before) ?? null),
      after: after === null ? null : (ids.get(after) ?? null),
    };
  });
}

/** Keys are addresses after the plan, of who leaves the address before it. */
interface Somebody {
  readonly email: string;
  readonly name: string;
  readonly state: OrgState;
  readonly before: string | null;
  readonly after: string | null;
}

function everybody(live: ReadonlyMap<string, Developer>, changes: readonly Change[]): ReadonlyMap<string, Somebody> {
  const renamed = new Map<string, string>();
  for (const change of changes) if (change.kind === "rename") renamed.set(change.previousEmail, change.email);
  const now = (email: string): string | null => (email === "" ? null : (renamed.get(email) ?? email));
  const all = new Map<string, Somebody>();
  for (const { email, name, managerEmail } of live.values()) {
    const manager = now(managerEmail);
    all.set(email, { email, name, state: "stays", before: manager, after: manager });
  }
  for (const change of changes) {
    switch (change.kind) {
      case "create": {
        const { email, name, managerEmail } = change.after;
        all.set(email, { email, name, state: "joins", before: null, after: now(managerEmail) });
        break;
      }
      case "delete": {
        const { email, name, managerEmail } = change.before;
        all.set(email, { email, name, state: "leaves", before: now(managerEmail), after: null });
        break;
      }
      case "rename":
      case "update": {
        const { email, name, managerEmail } = change.after;
        if (change.kind === "rename") all.delete(change.previousEmail);
        const before = now(change.before.managerEmail);
        const after = now(managerEmail);
        all.set(email, { email, name, state: before === after ? "changes" : "moves", before, after });
        break;
      }
      case "setIdentity":
      case "mapField":
        break;
      default:
        change satisfies never;
    }
  }
  return all;
}

function touchedWithManagers(all: ReadonlyMap<string, Somebody>): ReadonlySet<string> {
  const shown = new Set<string>();
  for (const [key, { state, before, after }] of all) {
    if (state === "stays") continue;
    shown.add(key);
    for (const manager of [before, after]) if (manager !== null && all.has(manager)) shown.add(manager);
  }
  return shown;
}
