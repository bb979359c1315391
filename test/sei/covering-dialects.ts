import type { Dialect } from "../../provider/simulator/simulator.js";
import { coveringArray, type Forbidden } from "../support/covering-array.js";
import { type Domain, dialectDomains } from "../support/dialect-domains.js";

/** Values that must not come together, and why. */
export interface Impossible {
  readonly name: string;
  readonly because: string;
  readonly together: { readonly [K in keyof Dialect]?: readonly Dialect[K][] };
}

/** What no client could live with, or what makes no sense of a server. */
export const IMPOSSIBLE: readonly Impossible[] = [
  // The list is where the client looks up the keys of a record. It stops when a column of a wrong key has come of it.
  ...(
    [
      ["snake", ["columnsAndFields", "fields", "camel"]],
      ["camel", ["columnsAndFields", "fields", "snake"]],
      ["display", ["columns", "columnsAndFields", "fields", "snake", "camel"]],
    ] as const
  ).map(
    ([listed, taken]): Impossible => ({
      name: `a column of every unknown key, and the keys of the list (${listed}) are unknown`,
      because: "keys can be found out by trying only where a wrong one leaves nothing behind: upsert is refused then",
      together: { upsertUnknownKey: ["extend"], recordKeys: [listed], upsertKeys: taken },
    }),
  ),
];

/** Every entry that the life of an account in test/sei/contract.ts may meet. */
export const DOMAINS: readonly Domain[] = dialectDomains();

/**
 * Dialects that nobody designed, such that every possible combination of values of any `strength` entries is in one.
 *
 * @param strength 2 for pairs, 3 for triples
 */
export function coveringDialects(strength: number): readonly Dialect[] {
  const sizes = DOMAINS.map(({ values }) => values.length);
  return coveringArray(sizes, strength, IMPOSSIBLE.map(forbiddenOf)).map(dialectOf);
}

export function dialectOf(row: readonly number[]): Dialect {
  return Object.fromEntries(
    DOMAINS.map(({ entry, values }, at) => [entry, values[row[at] ?? 0]]),
  ) as unknown as Dialect;
}

export function forbiddenOf({ together }: Impossible): Forbidden {
  return new Map(
    Object.entries(together).map(([entry, values]) => {
      const at = DOMAINS.findIndex((domain) => domain.entry === entry);
      const texts = new Set(values.map((value) => JSON.stringify(value)));
      const numbers = [...(DOMAINS[at]?.values ?? []).entries()].filter(([, value]) =>
        texts.has(JSON.stringify(value)),
      );
      if (numbers.length < values.length) throw new Error(`${entry} has no such values`);
      return [at, new Set(numbers.map(([number]) => number))];
    }),
  );
}
