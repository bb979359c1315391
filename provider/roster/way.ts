import { type Change, changesOf, countChanges } from "./change.js";
import type { Strategy } from "./policy.js";

/** How many records one writing request carries at most. */
export const BATCH = 500;

/** How a plan is carried out. */
export interface Way {
  /** `setup`: upload and save, which also changes a field mapping. `reupload`: re-upload and approve. */
  readonly kind: "none" | "setup" | "upsert" | "reupload";
  /** Writing requests, when every one is taken at once. */
  readonly requests: number;
  /** Why this way, for the reader of the plan. */
  readonly why: string;
}

/** What else matters for the way. */
export interface WayOptions {
  readonly isSetUp: boolean;
  /** Nobody else has a part in the account: everything that is live is this roster's. */
  readonly everythingIsOurs: boolean;
  readonly strategy: Strategy;
}

/**
 * Chooses the way. Re-uploading replaces everybody at once, and with that anything somebody else changed meanwhile,
 * so `auto` takes it only when the whole account is this roster's and it saves requests.
 */
export function chooseWay(changes: readonly Change[], { isSetUp, everythingIsOurs, strategy }: WayOptions): Way {
  const counts = countChanges(changes);
  const rest = changesOf(changes, "rename").filter(({ isRest }) => isRest === true).length;
  const records = counts.create + counts.update + counts.rename - rest;
  const leaving = counts.delete + counts.rename;
  const identities = Math.ceil(counts.setIdentity / BATCH);
  if (changes.length === 0) return { kind: "none", requests: 0, why: "there is nothing to change" };
  if (!isSetUp) {
    return { kind: "setup", requests: 2 + identities, why: "the initial setup of the account has not been done" };
  }
  if (counts.mapField > 0) {
    return {
      kind: "setup",
      requests: 2 + identities,
      why: "the field mapping changes, which saves every record again",
    };
  }
  const upserts = Math.ceil(records / BATCH) + Math.ceil(leaving / BATCH);
  if (strategy === "reupload" && records + leaving > 0) {
    return { kind: "reupload", requests: 2 + identities, why: "strategy: reupload" };
  }
  // A re-upload would delete the old records of who is renamed before their identities have moved.
  if (strategy === "auto" && everythingIsOurs && upserts > 2 && counts.rename === 0) {
    return {
      kind: "reupload",
      requests: 2 + identities,
      why: `2 requests instead of ${upserts}, and everybody is ours`,
    };
  }
  return {
    kind: "upsert",
    // One record goes alone first, and is read back, before the others are sent in that form.
    requests:
      Math.min(1, records) + Math.ceil(Math.max(0, records - 1) / BATCH) + Math.ceil(leaving / BATCH) + identities,
    why: strategy === "upsert" ? "strategy: upsert" : "only what differs is sent",
  };
}
