import { columnKey } from "../roster/field-mapping.js";
import { nearest } from "../roster/rules/nearest.js";

/** Our keys of a developer, by how they are often written. */
const OUR_KEYS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    name: "name",
    fullname: "name",
    manager: "manager",
    manageremail: "manager",
    email: "email",
    identities: "identities",
    identity: "identities",
    attributes: "attributes",
    effective: "effective",
    previousemails: "previousEmails",
  }),
);

/**
 * The key of a developer that somebody most likely meant by a column name; null when it is no slip.
 *
 * @example
 * keyMeant("Manager Email"); // "manager"
 * keyMeant("indentities"); // "identities"
 * keyMeant("Team"); // null
 */
export function keyMeant(column: string): string | null {
  const key = columnKey(column);
  return OUR_KEYS.get(key) ?? OUR_KEYS.get(nearest(key, [...OUR_KEYS.keys()]) ?? "") ?? null;
}
