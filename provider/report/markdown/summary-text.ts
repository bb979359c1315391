import type { Verdict } from "../../roster/verdict.js";
import type { Review } from "../review.js";
import { code } from "./inline.js";
import type { Section } from "./section.js";
import type { ReportKind } from "./wording.js";
import { counted, grouped } from "./words.js";

/** The verdict in one line. @param accepted how many differences a baseline accepts, which are not in the review */
export function headline({ counts, refusals }: Review, kind: ReportKind, accepted = 0): string {
  const changes = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const proven = !refusals.some(({ name }) => name === "completeRead");
  switch (kind) {
    case "plan": {
      const what = changes === 0 ? "no changes" : counted(changes, "change");
      return `Roster plan: ${what}${refusals.length === 0 ? "" : `, refused by ${listed(refusals)}`}`;
    }
    case "drift":
      if (!proven) return "Drift: not known, because live could not be read with proof that it is complete";
      if (accepted > 0 && changes === 0) return `No new drift: ${counted(accepted, "accepted difference")}`;
      if (changes === 0) return "No drift: live is as declared";
      return `Drift: live differs from what is declared (${counted(changes, accepted > 0 ? "new difference" : "difference")})`;
  }
}

/** The counts in one line, in the words of the parts that follow. */
export function summaryText(review: Review, changes: readonly Section[], kept: readonly Section[]): string {
  const counts = [...changes, ...kept].map(({ title, size }) => `${title}: **${grouped(size)}**`);
  const masked =
    review.people === "masked" ? "_Nobody is named here, and no value is shown (`--mask-emails`)._\n\n" : "";
  return `${counts.length === 0 ? "" : `${counts.join(" · ")}\n\n`}${masked}`;
}

/** The names of guards, the first of them. */
function listed(refusals: readonly Verdict[]): string {
  const names = refusals.slice(0, 3).map(({ name }) => code(name, 60));
  return `${names.join(", ")}${refusals.length > 3 ? ` and ${refusals.length - 3} more` : ""}`;
}
