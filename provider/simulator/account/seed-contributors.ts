import { strings } from "../../roster/strings.js";
import type { Dialect } from "../dialect/dialect.js";
import type { StoredDeveloper } from "./account.js";
import type { Columns } from "./columns.js";
import { keyOf, normalise } from "./normalise.js";
import type { Store } from "./store.js";

/** A contributor that a list of its own starts with. */
export interface GivenContributor {
  /** A positive integer as text. */
  readonly id: string;
  readonly fullName: string;
  readonly email: string;
  readonly integrationUsers?: readonly { readonly integrationId: number; readonly userId: string }[];
  readonly additionalFields?: Readonly<Record<string, string>>;
}

/**
 * Fills a list of contributors of its own (dialect entry `contributors: "apart"`); one that was filled before stays as it is.
 *
 * @throws Error for an id that is no positive integer, and for two contributors of one id or email
 */
export async function seedContributors(
  store: Store,
  given: readonly GivenContributor[],
  dialect: Dialect,
): Promise<void> {
  const fields = new Set(given.flatMap(({ additionalFields = {} }) => Object.keys(additionalFields)));
  const columns: Columns = [
    { name: "full_name", type: "NAME" },
    { name: "email", type: "EMAIL" },
    ...[...fields].map((name) => ({ name, type: "CUSTOM" as const })),
  ];
  const developers = new Map<string, StoredDeveloper>();
  const identities = new Map<string, ReadonlyMap<number, readonly string[]>>();
  for (const { id, fullName, email, integrationUsers = [], additionalFields = {} } of given) {
    const refId = Number(id);
    const key = keyOf(email, dialect);
    const taken = developers.has(key) || [...developers.values()].some((other) => other.refId === refId);
    if (!/^[1-9]\d{0,8}$/.test(id) || taken)
      throw new Error(`contributor ${id}: the id or the email is wrong or taken`);
    const values = strings([["full_name", fullName], ["email", email], ...Object.entries(additionalFields)]);
    developers.set(key, { refId, values: normalise(values, columns, dialect) });
    const held = new Map<number, readonly string[]>();
    for (const { integrationId, userId } of integrationUsers) {
      held.set(integrationId, [...(held.get(integrationId) ?? []), userId]);
    }
    if (held.size > 0) identities.set(key, held);
  }
  const nextRefId = Math.max(0, ...given.map(({ id }) => Number(id))) + 1;
  await store.change((account) => {
    if (account.columns !== null) return { next: null, answer: undefined };
    return { next: { ...account, columns, developers, identities, nextRefId, revision: 1 }, answer: undefined };
  });
}
