import { SeiError } from "../sei/errors.js";
import { ReviewMismatchError, ReviewUnreadableError } from "./review-check.js";
import { LiveChangedError } from "./same-live.js";
import { StillHeldError } from "./send-identities.js";

/** What was thrown, as its thrower said it. */
export function describe(trouble: unknown): string {
  return trouble instanceof Error ? trouble.message : String(trouble);
}

/** What was thrown, without anything that the API said: its words may name people. */
export function describeWithoutPeople(trouble: unknown): string {
  if (trouble instanceof StillHeldError) return describeWithoutPeople(trouble.cause);
  if (trouble instanceof SeiError) {
    const call = trouble.call === null ? "" : ` at ${trouble.call.method} ${trouble.call.path}`;
    return `${trouble.name}${call}${trouble.status === null ? "" : `, status ${trouble.status}`}`;
  }
  const ours = [LiveChangedError, ReviewMismatchError, ReviewUnreadableError].some((kind) => trouble instanceof kind);
  if (ours) return describe(trouble);
  return trouble instanceof Error ? trouble.name : "unknown error";
}
