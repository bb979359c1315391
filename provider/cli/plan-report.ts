import type { PlannedRoster } from "../apply/plan-live.js";
import { driftLines } from "../report/drift.js";
import { maskText } from "../report/mask-text.js";
import { orgChart } from "../report/org-chart.js";
import type { People } from "../report/people.js";
import { reviewOf } from "../report/review.js";
import { planLines, refusedLines } from "../report/text.js";
import { targetText } from "../roster/target.js";
import type { Format } from "./report-formats.js";

/** A plan, and what its report is to say of it. */
export interface Reported {
  readonly planned: Pick<PlannedRoster, "plan" | "live">;
  /** `drift`: how live differs from what is declared, in the words for that. */
  readonly kind: "plan" | "drift";
  /** The command that applies exactly this plan; null: none does, or it is this one. */
  readonly command: readonly string[] | null;
  /** How many differences of a drift a baseline accepts. Default: 0. */
  readonly accepted?: number;
}

/** How it is to be read. */
export interface ReportOptions {
  readonly people: Exclude<People, "none">;
  /** A line of text for every developer. */
  readonly all: boolean;
}

/** A plan in one of the forms of `--output`, without a line feed at its end. */
export async function planReport(format: Format, reported: Reported, options: ReportOptions): Promise<string> {
  const { planned, kind, command } = reported;
  const { plan } = planned;
  const { developers } = planned.live;
  const { people } = options;
  switch (format) {
    case "text":
      return textOf(reported, options);
    case "json": {
      const { planJson } = await import("../report/plan-json.js");
      return planJson(plan, people);
    }
    case "markdown": {
      const { planMarkdown } = await import("../report/markdown/plan-markdown.js");
      const org = orgChart(developers, plan.changes, { people, part: "changed" });
      return planMarkdown(reviewOf(plan, developers, { people }), org, {
        kind,
        command,
        accepted: reported.accepted ?? 0,
      }).trimEnd();
    }
    case "html": {
      const { planHtml } = await import("../report/html/plan-html.js");
      const org = orgChart(developers, plan.changes, { people, part: "whole" });
      return planHtml({ review: reviewOf(plan, developers, { people }), org, title: titleOf(reported) }).trimEnd();
    }
  }
}

function textOf({ planned: { plan }, kind, accepted = 0 }: Reported, { people, all }: ReportOptions): string {
  const options = { people, accepted, ...(all ? { mostChanges: Number.POSITIVE_INFINITY } : {}) };
  const lines = kind === "drift" ? driftLines(plan, options) : planLines(plan, options);
  const refused = refusedLines(plan, people).map((line) => (people === "masked" ? maskText(line) : line));
  return [...lines, ...refused].join("\n");
}

function titleOf({ planned: { plan }, kind, accepted = 0 }: Reported): string {
  const besides = accepted > 0 ? `, besides ${accepted} accepted` : "";
  if (plan.target.endpoint === "offline") return "Roster plan: two versions of the files, compared offline";
  return `${kind === "drift" ? "Roster drift" : "Roster plan"}: ${targetText(plan.target)}${besides}`;
}
