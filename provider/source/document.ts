import type { Strings } from "../roster/strings.js";
import type { Finding } from "./finding.js";
import type { Origin } from "./origin.js";
import type { Entry, Mark, Tree } from "./tree.js";

/** One file, or one declaration in code, taken apart; nothing is merged or looked up yet. */
export interface RosterDocument {
  readonly origin: Origin;
  readonly developers: readonly WrittenDeveloper[];
  readonly defaults: readonly WrittenColumn[];
  /** The attributes that every developer of a table has, where its header names them. Left out: it is no table. */
  readonly header?: readonly WrittenColumn[];
  /** Every name in the header of a table, those too that are ignored or no attributes. Left out: none was read. */
  readonly headerNames?: readonly string[];
  /** What governs everybody and may stand in one document of a source only. */
  readonly governing: ReadonlyMap<Governing, Entry>;
  readonly findings: readonly Finding[];
  /** false: some of its developers could not be read, so nobody knows who is declared. */
  readonly whole: boolean;
}

/** The keys that may stand in one file of a source only. */
export const GOVERNING = [
  "fields",
  "integrations",
  "prune",
  "scope",
  "manageFields",
  "ignoreFields",
  "guards",
  "allow",
] as const;
export type Governing = (typeof GOVERNING)[number];

/** One developer as written, with the places of its parts. */
export interface WrittenDeveloper {
  readonly origin: Origin;
  readonly defaults: readonly WrittenColumn[];
  /** The key: trimmed, lower-cased. */
  readonly email: string;
  /** Of the email. */
  readonly mark: Mark;
  readonly name: WrittenText | undefined;
  /** The manager's key. */
  readonly manager: WrittenText | undefined;
  readonly columns: readonly WrittenColumn[];
  /** Of a table, instead of `columns`: nothing can be wrong with them that is not wrong with the header. */
  readonly attributes?: Strings | undefined;
  /** Of a table: the same object for all of its developers. */
  readonly table?: WrittenTable | undefined;
  readonly identities: readonly WrittenIdentity[];
  readonly effective?: WrittenEffective | undefined;
  readonly previousEmails?: readonly WrittenText[] | undefined;
}

/** Knows where the cells of a table stand. */
export interface WrittenTable {
  /** The mark of a value, from the mark of the email in its row; undefined for a column that the table does not have. */
  cellOf(email: Mark, column: string): Mark | undefined;
}

export interface WrittenEffective {
  /** Of the whole. */
  readonly mark: Mark;
  readonly from: WrittenText | undefined;
  readonly until: WrittenText | undefined;
}

export interface WrittenText {
  readonly text: string;
  readonly mark: Mark;
}

export interface WrittenColumn {
  readonly column: string;
  readonly text: string;
  /** Of the key. */
  readonly mark: Mark;
  /** Whether it stands next to `name` and `manager`, where a slip in one of our keys looks like a column. */
  readonly direct: boolean;
}

export interface WrittenIdentity {
  /** The name of an integration, or an integrationId. */
  readonly integration: string;
  readonly identity: string;
  /** Of the key. */
  readonly mark: Mark;
}

/** A value as text, "" for null; undefined for what is no text, which the JSON Schema reports. */
export function textOf(tree: Tree): string | undefined {
  switch (tree.kind) {
    case "text":
      return tree.text;
    case "null":
      return "";
    case "map":
    case "list":
    case "odd":
      return undefined;
  }
}
