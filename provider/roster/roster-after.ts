import type { Change } from "./change.js";
import type { Developer } from "./developer.js";

/** Everybody who is live after the changes, by key. Identities and mappings do not matter here. */
export function rosterAfter(
  live: ReadonlyMap<string, Developer>,
  changes: readonly Change[],
): ReadonlyMap<string, Developer> {
  const after = new Map(live);
  for (const change of changes) {
    switch (change.kind) {
      case "create":
      case "update":
        after.set(change.email, change.after);
        break;
      case "rename":
        after.delete(change.previousEmail);
        after.set(change.email, change.after);
        break;
      case "delete":
        after.delete(change.email);
        break;
      case "setIdentity":
      case "mapField":
        break;
      default:
        change satisfies never;
    }
  }
  return after;
}
