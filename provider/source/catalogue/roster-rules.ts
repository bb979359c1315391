import type { Rule } from "./rule.js";

/** Rules of ours about the people: what the API cannot see. */
export const ROSTER_RULES: readonly Rule[] = [
  {
    name: "ALLOW_EXPIRED",
    severity: "error",
    title: "An exception has expired",
    means:
      "The day under `until` is over. The exception has no effect any more; a plan warns of it, and a review refuses it.",
    fix: "Take it out. If it is still needed, review it again with a later day.",
    api: null,
  },
  {
    name: "ALLOW_NOBODY",
    severity: "warning",
    title: "An exception names nobody",
    means: "Every list of the exception is empty, so it has no effect.",
    fix: "Name the people, or take the exception out.",
    api: null,
  },
  {
    name: "DATES_RUN_BACKWARDS",
    severity: "error",
    title: "A developer leaves before joining",
    means: "`effective.until` is a day before `effective.from`.",
    fix: "Swap the dates, or correct one of them.",
    api: null,
  },
  {
    name: "EMPTY_ROSTER",
    severity: "error",
    title: "Nobody is declared",
    means: "A source without developers is refused, because an export that went wrong must never delete everybody.",
    fix: "Check that the source is whole.",
    api: null,
  },
  {
    name: "IDENTITY_CLAIMED_TWICE",
    severity: "error",
    title: "Two developers claim one identity",
    means:
      "A user id of an integration belongs to one person, else work is counted for the wrong one. Two people may have it one after the other, by their `effective` dates.",
    fix: "Give it to one of them.",
    api: null,
  },
  {
    name: "IDENTITY_WITH_SPACES",
    severity: "warning",
    title: "An identity has spaces around it",
    means:
      "A user id begins or ends with white space. It is kept as it is written, and most likely nobody's. Whether two developers claim one identity is judged without the spaces.",
    fix: "Take the spaces out, unless the integration really has them.",
    api: null,
  },
  {
    name: "MANAGER_JOINS_LATER",
    severity: "error",
    title: "A manager joins after a report",
    means: "By their `effective` dates, somebody would report to a manager who is not there yet.",
    fix: "Name another manager until then.",
    api: null,
  },
  {
    name: "MANAGER_LEAVES_FIRST",
    severity: "error",
    title: "A manager leaves before a report",
    means: "By their `effective` dates, somebody would report to a manager who is not there any more.",
    fix: "Name another manager, or let both leave on the same day.",
    api: null,
  },
  {
    name: "OUTSIDE_SCOPE",
    severity: "error",
    title: "A declared developer is outside of the scope",
    means:
      "A value that the developer declares is none of those that `scope` lists, so that a plan would refuse it. When nobody fits, the finding stands at the scope.",
    fix: "Correct the value or the scope, or declare the developer in the roster whose scope they are in.",
    api: null,
  },
  {
    name: "PREVIOUS_EMAIL_CLAIMED_TWICE",
    severity: "error",
    title: "Two developers claim one previous address",
    means: "A former address belonged to one person. With two, the record and its history could go to the wrong one.",
    fix: "Keep it with the person whose address it was.",
    api: null,
  },
  {
    name: "PREVIOUS_EMAIL_DECLARED",
    severity: "error",
    title: "A previous address is a developer too",
    means: "An address that was given up is declared as a developer, so a rename would take over that record.",
    fix: "Take one of them out.",
    api: null,
  },
];
