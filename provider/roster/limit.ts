import type { Limit } from "./policy.js";

/**
 * The number of people that a limit allows of so many. A share is rounded down.
 *
 * @example
 * allowed("10%", 45); // 4
 * allowed(7, 45); // 7
 */
export function allowed(limit: Limit, of: number): number {
  return typeof limit === "number" ? limit : Math.floor((Number.parseFloat(limit) / 100) * of + 1e-9);
}

/** A default limit: the larger of a count and a share, so that small rosters can be edited at all. */
export interface DefaultLimit {
  readonly count: number;
  readonly share: Limit;
}

/**
 * What a default allows, and how it is called in a verdict.
 *
 * @example
 * allowedByDefault({ count: 3, share: "10%" }, 45); // { most: 4, says: "default: the larger of 3 and 10%" }
 */
export function allowedByDefault(standard: DefaultLimit, of: number): { most: number; says: string } {
  return {
    most: Math.max(standard.count, allowed(standard.share, of)),
    says: `default: the larger of ${standard.count} and ${standard.share}`,
  };
}

const LIMIT = /^(?:\d+(?:\.\d+)?)%$/;

/**
 * Whether a value is a limit: a whole number from 0, or a share from "0%" to "100%".
 *
 * @example
 * isLimit("10%"); // true
 * isLimit(-1); // false
 */
export function isLimit(value: unknown): value is Limit {
  if (typeof value === "number") return Number.isInteger(value) && value >= 0;
  return typeof value === "string" && LIMIT.test(value) && Number.parseFloat(value) <= 100;
}
