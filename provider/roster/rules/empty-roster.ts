import type { DesiredDeveloper } from "../developer.js";
import type { Problem } from "./problem.js";

/** EMPTY_ROSTER: a source declares somebody, because an empty export must never delete everybody. */
export function emptyRoster(developers: readonly DesiredDeveloper[]): readonly Problem[] {
  if (developers.length > 0) return [];
  return [
    {
      rule: "EMPTY_ROSTER",
      message: "nobody is declared; a roster without developers is refused",
      hint: "check that the source is whole",
      emails: [],
      subject: { kind: "roster" },
    },
  ];
}
