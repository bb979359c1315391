import { type Change, changesOf } from "../roster/change.js";
import type { Review } from "../sei/writer.js";

/** The API would do something else than the plan says: nothing is approved. */
export class ReviewMismatchError extends Error {
  override readonly name = "ReviewMismatchError";
}

/** The API does not say what the re-upload would do: nothing is approved. */
export class ReviewUnreadableError extends Error {
  override readonly name = "ReviewUnreadableError";
  constructor() {
    super(
      "the review data of the re-upload says neither how many developers would be added nor how many removed, so it cannot be compared with the plan; nothing was approved. Use strategy: upsert",
    );
  }
}

/**
 * Holds what the API says a re-upload would do against the plan. Whom it would add and remove must agree; it may count
 * fewer updates than we do (a server may ignore a difference in white space), but not more.
 *
 * @returns what to throw once it is known that live has not changed; null: they agree
 * @throws ReviewUnreadableError when the review says nothing of either
 */
export function reviewMismatch(review: Review, changes: readonly Change[]): ReviewMismatchError | null {
  const renamed = changesOf(changes, "rename");
  const planned = {
    added: changesOf(changes, "create").length + renamed.filter(({ isRest }) => isRest !== true).length,
    updated: changesOf(changes, "update").length,
    removed: [
      ...changesOf(changes, "delete").map(({ email }) => email),
      ...renamed.map(({ previousEmail }) => previousEmail),
    ],
  };
  if (review.added === null && review.removed === null) throw new ReviewUnreadableError();
  const differences: string[] = [];
  if (review.added !== null && review.added !== planned.added) {
    differences.push(`added: plan ${planned.added}, API ${review.added}`);
  }
  // With a column that comes, goes or is called otherwise, a server may count everybody.
  const isMapped = changesOf(changes, "mapField").length > 0;
  if (review.updated !== null && review.updated > planned.updated && !isMapped) {
    differences.push(`updated: plan ${planned.updated}, API ${review.updated}`);
  }
  if (review.removed !== null && review.removed !== planned.removed.length) {
    differences.push(`removed: plan ${planned.removed.length}, API ${review.removed}`);
  }
  const surprising = (review.removedEmails ?? []).filter((email) => !planned.removed.includes(email));
  if (surprising.length > 0)
    differences.push(`the API would remove ${surprising.length} developer(s) that the plan keeps`);
  if (differences.length === 0) return null;
  const keeps = planned.removed.length > 0 && review.removed === 0 ? ": it keeps who is not in the file" : "";
  return new ReviewMismatchError(
    `the API's review of the re-upload differs from the plan (${differences.join("; ")}), although live has not changed since; nothing was approved. A re-upload does something else here${keeps}: use --strategy upsert (strategy: upsert)`,
  );
}
