import { emailKey } from "../../roster/email.js";
import { byText } from "../../roster/strings.js";
import { entryOf, type Tree } from "../tree.js";

/** What a collection of a roster file is, as far as its order is concerned. */
export type Role = "document" | "developers" | "developer" | "other";

/** The keys of a roster file, in the order in which they stand in it. */
export const DOCUMENT_KEYS = [
  "version",
  "fields",
  "defaults",
  "integrations",
  "developers",
  "prune",
  "scope",
  "manageFields",
  "ignoreFields",
  "guards",
  "allow",
] as const;

/** The keys of a developer that come before the columns, in this order. */
export const FIRST_DEVELOPER_KEYS = ["email", "name", "manager"] as const;

/** The keys of a developer that come after the columns, in this order. */
export const LAST_DEVELOPER_KEYS = ["attributes", "identities", "effective", "previousEmails"] as const;

/** What the value of the entry `key` is. */
export function roleOfValue(role: Role, key: string): Role {
  if (role === "document") return key === "developers" ? "developers" : "other";
  return role === "developers" ? "developer" : "other";
}

/**
 * The indices of a collection's entries in the order in which they should stand. Columns of a developer, and all that
 * has no order of ours, keep the order that the author gave them.
 */
export function sortedIndices(role: Role, tree: Tree): readonly number[] {
  const keys = sortKeys(role, tree);
  return [...keys.keys()].sort((a, b) => compare(keys[a] ?? "", keys[b] ?? "") || a - b);
}

/** The email of a developer in a list; null when it has none. */
export function emailOfItem(item: Tree): string | null {
  const email = entryOf(item, "email")?.value;
  return email?.kind === "text" ? emailKey(email.text) : null;
}

function sortKeys(role: Role, tree: Tree): readonly (string | number)[] {
  if (tree.kind === "list") return tree.items.map((item) => (role === "developers" ? (emailOfItem(item) ?? "") : 0));
  if (tree.kind !== "map") return [];
  switch (role) {
    case "document":
      return tree.entries.map(({ key }) => rank(DOCUMENT_KEYS, key) ?? DOCUMENT_KEYS.length);
    case "developers":
      return tree.entries.map(({ key }) => emailKey(key));
    case "developer":
      return tree.entries.map(({ key }) => developerRank(key));
    case "other":
      return tree.entries.map(() => 0);
  }
}

function developerRank(key: string): number {
  const columns = FIRST_DEVELOPER_KEYS.length;
  const last = rank(LAST_DEVELOPER_KEYS, key);
  return rank(FIRST_DEVELOPER_KEYS, key) ?? (last === null ? columns : columns + 1 + last);
}

function rank(keys: readonly string[], key: string): number | null {
  const at = keys.indexOf(key);
  return at < 0 ? null : at;
}

function compare(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number" ? a - b : byText(String(a), String(b));
}
