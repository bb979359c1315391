import type { DesiredDeveloper } from "../developer.js";
import { brief } from "../shown.js";
import type { Problem } from "./problem.js";

/** DATES_RUN_BACKWARDS: nobody leaves before they join. Leaving on the day of joining is one day. */
export function datesRunBackwards(developers: readonly DesiredDeveloper[]): readonly Problem[] {
  return developers.flatMap(({ email, effective }, index): Problem[] => {
    const { from, until } = effective ?? {};
    if (from === undefined || until === undefined || from <= until) return [];
    return [
      {
        rule: "DATES_RUN_BACKWARDS",
        message: `${brief(email)} would leave on ${until}, before joining on ${from}`,
        hint: "swap the dates, or correct one of them",
        emails: [email],
        subject: { kind: "effective", index },
      },
    ];
  });
}
