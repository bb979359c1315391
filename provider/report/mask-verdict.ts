import type { Verdict } from "../roster/verdict.js";
import { maskText } from "./mask-text.js";

/**
 * What a guard says, for what is public: without the words of users that are in it, and without an address. Whom it
 * concerns is left to the caller.
 *
 * @example
 * maskVerdict({ ...verdict, limit: "3 of 40 (10%), and 1 by exception: Ada left", impersonal: { limit: "3 of 40 (10%), and 1 by exception" } });
 * // { ..., limit: "3 of 40 (10%), and 1 by exception" }
 */
export function maskVerdict({ impersonal, ...verdict }: Verdict): Verdict {
  const { limit, reason, hint } = { ...verdict, ...impersonal };
  return {
    ...verdict,
    limit: maskText(limit),
    ...(reason === undefined ? {} : { reason: maskText(reason) }),
    ...(hint === undefined ? {} : { hint: maskText(hint) }),
  };
}
