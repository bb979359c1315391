import { failureOf, SeiError } from "../sei/errors.js";
import { ReviewMismatchError, ReviewUnreadableError } from "./review-check.js";
import { LiveChangedError } from "./same-live.js";

/** What was thrown, as its thrower said it. */
export function describe(trouble: unknown): string {
  return trouble instanceof Error ? trouble.message : String(trouble);
}

/** What was thrown, without anything that the API said: its words may name people. */
export function describeWithoutPeople(trouble: unknown): string {
  if (trouble instanceof SeiError) {
    const call = trouble.call === null ? "" : ` at ${trouble.call.method} ${trouble.call.path}`;
    const what = `${trouble.name}${call}${trouble.status === null ? "" : `, status ${trouble.status}`}`;
    const { todo } = failureOf(trouble);
    return todo === "" ? what : `${what}. ${todo}`;
  }
  if (isInOurWords(trouble)) return trouble.withoutPeople;
  const ours = [LiveChangedError, ReviewMismatchError, ReviewUnreadableError].some((kind) => trouble instanceof kind);
  if (ours) return describe(trouble);
  return trouble instanceof Error ? trouble.name : "unknown error";
}

/** An error that has its message without people too. */
function isInOurWords(trouble: unknown): trouble is { readonly withoutPeople: string } {
  return trouble instanceof Error && "withoutPeople" in trouble && typeof trouble.withoutPeople === "string";
}
