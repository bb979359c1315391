import type { DesiredDeveloper } from "../developer.js";
import { brief } from "../shown.js";
import { type Positions, positionsOf } from "./positions-of.js";
import type { Problem } from "./problem.js";

/**
 * DUPLICATE_EMAIL: every developer is declared once.
 *
 * Source: Troubleshooting, "Error types". Two spellings of one key (case, spaces) are one developer.
 */
export function duplicateEmail(
  developers: readonly DesiredDeveloper[],
  positions: Positions = positionsOf(developers),
): readonly Problem[] {
  if (positions.size === developers.length) return [];
  return developers.flatMap(({ email }, index): Problem[] => {
    const earlier = positions.get(email);
    if (earlier === undefined || earlier === index) return [];
    return [
      {
        rule: "DUPLICATE_EMAIL",
        message: `${brief(email)} is declared more than once`,
        hint: "keep one of them; case and spaces around an address do not tell two people apart",
        emails: [email],
        subject: { kind: "developer", index },
        other: { kind: "developer", index: earlier },
      },
    ];
  });
}
