import { strings } from "../../roster/strings.js";
import type { Account, Draft, StoredDeveloper } from "./account.js";
import type { Columns } from "./columns.js";

/** `[key, refId, cells in the order of the columns]` */
export type DeveloperJson = readonly [key: string, refId: number, cells: readonly string[]];

/** `[key, [[integrationId, identities]]]` */
export type HeldJson = readonly [key: string, held: readonly (readonly [number, readonly string[]])[]];

/** A version; `rows` says whether it has any, which are in a file of their own. */
export type DraftJson = Omit<Draft, "rows"> & { readonly rows: boolean };

/** What of an account is small enough to be written whole with every write. */
export type Small = Omit<Account, "columns" | "developers" | "identities" | "drafts">;

/** account.json, apart from the name of its journal. */
export interface StoredAccount extends Small {
  readonly columns: Columns | null;
  readonly developers: readonly DeveloperJson[];
  readonly identities: readonly HeldJson[];
  readonly drafts: readonly DraftJson[];
}

/** The account as JSON. */
export function freeze({ columns, developers, identities, drafts, ...small }: Account): StoredAccount {
  const write = developerJson(columns);
  const people: DeveloperJson[] = [];
  for (const [key, developer] of developers) people.push(write(key, developer));
  const held: HeldJson[] = [];
  for (const [key, each] of identities) held.push([key, [...each]]);
  return {
    ...small,
    columns,
    developers: people,
    identities: held,
    drafts: [...drafts.values()].map(draftJson),
  };
}

/** The account of some JSON, all but the rows of its versions; its maps are new, and the caller's alone. */
export function revive({ columns, developers, identities, drafts, ...small }: StoredAccount): Thawed {
  const read = developerOf(columns);
  return {
    small,
    columns,
    developers: new Map(developers.map((json) => [json[0], read(json)])),
    identities: new Map(identities.map(([key, held]) => [key, new Map(held)])),
    drafts,
  };
}

/** An account that is being read: what the entries of a journal are laid over. */
export interface Thawed {
  small: Small;
  columns: Columns | null;
  readonly developers: Map<string, StoredDeveloper>;
  readonly identities: Map<string, ReadonlyMap<number, readonly string[]>>;
  drafts: readonly DraftJson[];
}

export function draftJson(draft: Draft): DraftJson {
  return { ...draft, rows: draft.rows !== null };
}

export function developerJson(columns: Columns | null): (key: string, developer: StoredDeveloper) => DeveloperJson {
  const names = (columns ?? []).map(({ name }) => name);
  return (key, { refId, values }) => [key, refId, names.map((name) => values[name] ?? "")];
}

export function developerOf(columns: Columns | null): (json: DeveloperJson) => StoredDeveloper {
  const names = (columns ?? []).map(({ name }) => name);
  return ([, refId, cells]) => ({ refId, values: strings(names.map((name, index) => [name, cells[index] ?? ""])) });
}
