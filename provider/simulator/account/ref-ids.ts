import type { Dialect } from "../dialect/dialect.js";
import type { Account } from "./account.js";

/** Ids for new developers. */
export interface RefIds {
  next(): number;
  /** What the account is to go on with. */
  highest(): number;
}

/** The ids after the last one or, where the dialect gives them out again, first those that nobody has any more. */
export function refIds({ developers, nextRefId }: Account, { deletedRefIds }: Dialect): RefIds {
  let last = nextRefId;
  const free: number[] = [];
  let taken = 0;
  if (deletedRefIds === "reused") {
    const held = new Set([...developers.values()].map(({ refId }) => refId));
    for (let id = 1; id < nextRefId; id += 1) if (!held.has(id)) free.push(id);
  }
  return {
    next: () => free[taken++] ?? last++,
    highest: () => last,
  };
}
