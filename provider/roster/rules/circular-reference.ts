import type { DesiredDeveloper } from "../developer.js";
import { brief } from "../shown.js";
import { byText } from "../strings.js";
import { type Positions, positionsOf } from "./positions-of.js";
import type { Problem } from "./problem.js";

/** So many people of a long circle are printed at its start, and fewer with long addresses; the rest is counted. */
const PRINTED = 12;
const LETTERS = 450;

/**
 * CIRCULAR_REFERENCE: nobody reports to themselves, directly or through others.
 *
 * Source: Troubleshooting, "Error types". Each circle is one problem, at the first of its people in the order of
 * their keys. Every developer is walked over once, so the whole is linear.
 */
export function circularReference(
  developers: readonly DesiredDeveloper[],
  positions: Positions = positionsOf(developers),
): readonly Problem[] {
  /** Which walk came by, by the position that it began at, plus one; 0: none yet. */
  const walks = new Int32Array(developers.length);
  const managerOf = (at: number): number | undefined => positions.get(developers[at]?.managerEmail ?? "");
  const problems: Problem[] = [];
  for (const start of positions.values()) {
    const walk = start + 1;
    let at: number | undefined = start;
    while (at !== undefined && walks[at] === 0) {
      walks[at] = walk;
      at = managerOf(at);
    }
    if (at === undefined || walks[at] !== walk) continue;
    const circle: string[] = [];
    for (let next: number | undefined = at; next !== undefined && walks[next] === walk; next = managerOf(next)) {
      circle.push(developers[next]?.email ?? "");
      walks[next] = -1;
    }
    problems.push(problemOf(fromSmallest(circle), positions));
  }
  return problems;
}

/** The same circle printed from the same person, wherever the walk entered it. */
function fromSmallest(circle: readonly string[]): readonly string[] {
  const smallest = circle.reduce((a, b) => (byText(a, b) <= 0 ? a : b), circle[0] ?? "");
  const start = circle.indexOf(smallest);
  return [...circle.slice(start), ...circle.slice(0, start)];
}

function problemOf(circle: readonly string[], positions: Positions): Problem {
  const start = circle[0] ?? "";
  const subject = { kind: "manager", index: positions.get(start) ?? 0 } as const;
  if (circle.length === 1) {
    return {
      rule: "CIRCULAR_REFERENCE",
      message: `${brief(start)} is their own manager`,
      hint: "name another manager, or null for nobody",
      cellHint: "name another manager, or leave the cell blank for nobody",
      emails: circle,
      subject,
    };
  }
  const printed = circle.slice(0, fitting(circle)).map((email) => brief(email));
  const hidden = circle.length - printed.length;
  const shown = hidden === 0 ? printed : [...printed, `... (${hidden} more)`];
  return {
    rule: "CIRCULAR_REFERENCE",
    message: `these developers report to each other in a circle: ${[...shown, brief(start)].join(" -> ")}`,
    hint: "give one of them another manager, or null for nobody",
    cellHint: "give one of them another manager, or leave the cell blank for nobody",
    emails: circle,
    subject,
  };
}

function fitting(circle: readonly string[]): number {
  let letters = 0;
  const over = circle.slice(0, PRINTED).findIndex((email) => {
    letters += brief(email).length;
    return letters > LETTERS;
  });
  return over === -1 ? Math.min(circle.length, PRINTED) : Math.max(over, 2);
}
