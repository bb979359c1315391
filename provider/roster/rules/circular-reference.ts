import type { DesiredDeveloper } from "../developer.js";
import { byText } from "../strings.js";
import type { Problem } from "./problem.js";

/** So many people of a long circle are printed at its start; the rest is counted. */
const PRINTED = 12;

/**
 * CIRCULAR_REFERENCE: nobody reports to themselves, directly or through others.
 *
 * Source: Troubleshooting, "Error types". Each circle is one problem, at the first of its people in the order of
 * their keys. Every developer is walked over once, so the whole is linear.
 */
export function circularReference(developers: readonly DesiredDeveloper[]): readonly Problem[] {
  const positions = new Map<string, number>();
  const managers = new Map<string, string>();
  for (const [index, { email, managerEmail }] of developers.entries()) {
    if (positions.has(email)) continue;
    positions.set(email, index);
    if (managerEmail !== undefined && managerEmail !== "") managers.set(email, managerEmail);
  }
  const done = new Set<string>();
  const problems: Problem[] = [];
  for (const start of positions.keys()) {
    const path = new Set<string>();
    let at: string | undefined = start;
    while (at !== undefined && !done.has(at) && !path.has(at)) {
      path.add(at);
      at = managers.get(at);
    }
    if (at !== undefined && path.has(at)) {
      const walked = [...path];
      problems.push(problemOf(fromSmallest(walked.slice(walked.indexOf(at))), positions));
    }
    for (const email of path) done.add(email);
  }
  return problems;
}

/** The same circle printed from the same person, wherever the walk entered it. */
function fromSmallest(circle: readonly string[]): readonly string[] {
  const smallest = circle.reduce((a, b) => (byText(a, b) <= 0 ? a : b), circle[0] ?? "");
  const start = circle.indexOf(smallest);
  return [...circle.slice(start), ...circle.slice(0, start)];
}

function problemOf(circle: readonly string[], positions: ReadonlyMap<string, number>): Problem {
  const start = circle[0] ?? "";
  const subject = { kind: "manager", index: positions.get(start) ?? 0 } as const;
  if (circle.length === 1) {
    return {
      rule: "CIRCULAR_REFERENCE",
      message: `${start} is their own manager`,
      hint: "name another manager, or null for nobody",
      emails: circle,
      subject,
    };
  }
  const shown =
    circle.length <= PRINTED ? circle : [...circle.slice(0, PRINTED), `... (${circle.length - PRINTED} more)`];
  return {
    rule: "CIRCULAR_REFERENCE",
    message: `these developers report to each other in a circle: ${[...shown, start].join(" -> ")}`,
    hint: "give one of them another manager, or null for nobody",
    emails: circle,
    subject,
  };
}
