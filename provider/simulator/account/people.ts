import type { Account, StoredDeveloper } from "./account.js";
import { type Columns, columnOf } from "./columns.js";

/** A contributor: a stored developer, with the names and users that v1 has for what v2 has in columns and identities. */
export interface Person {
  readonly key: string;
  readonly refId: number;
  readonly fullName: string;
  readonly email: string;
  readonly values: StoredDeveloper["values"];
  readonly users: readonly (readonly [integrationId: number, userId: string])[];
}

/** Everybody of an account, by id. */
export function peopleOf({ columns, developers, identities }: Account): readonly Person[] {
  const known: Columns = columns ?? [];
  const name = columnOf(known, "NAME") ?? "";
  const email = columnOf(known, "EMAIL") ?? "";
  return [...developers]
    .map(([key, { refId, values }]) => ({
      key,
      refId,
      fullName: values[name] ?? "",
      email: values[email] ?? "",
      values,
      users: [...(identities.get(key) ?? [])].flatMap(([id, all]) => all.map((userId) => [id, userId] as const)),
    }))
    .sort((a, b) => a.refId - b.refId);
}
