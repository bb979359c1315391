import type { Day } from "./day.js";
import { byText } from "./strings.js";

/** The kinds of loss that an exception can be made from, one for each limit of the guards. */
export const LOSSES = ["delete", "update", "blank", "managerChange", "identityMove"] as const;
export type Loss = (typeof LOSSES)[number];

/** An exception from the guards, written into the roster and reviewed with the change that needs it. */
export interface Allowance {
  /** Who may be lost, by kind of loss; their keys, sorted. */
  readonly people: Readonly<Partial<Record<Loss, readonly string[]>>>;
  /** The checksum of the one plan that may pass, or its first 16 digits or more. */
  readonly plan?: string;
  readonly reason: string;
  /** The last day on which it counts. */
  readonly until: Day;
}

/**
 * Whether an exception counts on a day.
 *
 * @example
 * isInForce({ people: {}, reason: "HR-123", until: "2026-12-31" }, "2026-12-31"); // true
 */
export function isInForce({ until }: Allowance, day: Day): boolean {
  return day <= until;
}

/** The exceptions from one limit. */
export interface Excused {
  /** Who does not count. */
  readonly people: ReadonlySet<string>;
  /** Why, for the verdict; several reasons in order. */
  readonly reasons: readonly string[];
}

/** Who of these people an exception names for a loss, and why. */
export function excused(allow: readonly Allowance[], loss: Loss, people: readonly string[]): Excused {
  const named = new Set<string>();
  const reasons = new Set<string>();
  const asked = new Set(people);
  for (const { people: lists, reason } of allow) {
    for (const email of lists[loss] ?? []) {
      if (!asked.has(email)) continue;
      named.add(email);
      reasons.add(reason);
    }
  }
  return { people: named, reasons: [...reasons].sort(byText) };
}

/** The exception that names a plan by its checksum, of several the first by its reason; undefined when none does. */
export function allowanceOf(allow: readonly Allowance[], checksum: string): Allowance | undefined {
  const naming = allow.filter(({ plan }) => plan !== undefined && checksum.startsWith(plan));
  return naming.sort((a, b) => byText(a.reason, b.reason))[0];
}
