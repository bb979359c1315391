import { DIALECTS, type Dialect } from "../../provider/simulator/simulator.js";

/** An entry of a dialect, and every value of it: the default's first. */
export interface Domain {
  readonly entry: keyof Dialect;
  readonly values: readonly unknown[];
}

/** Values that no named dialect has. That none is forgotten is a test. */
const BESIDES: { readonly [K in keyof Dialect]?: readonly Dialect[K][] } = {
  generations: ["previous"],
  recordKeys: ["camel"],
  listWrapper: ["data"],
  identitiesWrapper: ["developers", "items"],
  authBody: ["failure"],
  errorBody: ["failure"],
};

/** The entries and their values, in the order of the default dialect. */
export function dialectDomains(): readonly Domain[] {
  const all: readonly Dialect[] = Object.values(DIALECTS);
  return (Object.keys(DIALECTS.default) as (keyof Dialect)[]).map((entry) => {
    const values = [...all.map((dialect) => dialect[entry]), ...(BESIDES[entry] ?? [])];
    return { entry, values: [...new Map(values.map((value) => [JSON.stringify(value), value])).values()] };
  });
}
