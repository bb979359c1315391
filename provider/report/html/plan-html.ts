import { createHash } from "node:crypto";
import type { OrgNode } from "../org-chart.js";
import type { Review } from "../review.js";
import { SCRIPT, STYLE } from "./browser.generated.js";
import { changeRows } from "./change-rows.js";
import { changesSection } from "./changes-section.js";
import { chartSection } from "./chart-section.js";
import { html, Markup, scriptJson } from "./markup.js";
import { guardsSection, keptSection, warningsSection } from "./notes-section.js";
import { orgData, tableData } from "./page-data.js";
import { verdictSection } from "./verdict-section.js";

/** What the page shows. */
export interface PlanHtmlInput {
  readonly review: Review;
  /** The whole chart reads best: the page folds what does not change. */
  readonly org: readonly OrgNode[];
  /** One line for people: what is planned, and where. */
  readonly title: string;
}

/**
 * A plan as one HTML file, which loads nothing and may be opened from a disk, an artifact store or a mail. The same
 * input gives the same bytes. People are named as far as `review` and `org` name them.
 *
 * Texts of users are escaped in the static part, and JSON in the rest, which the script of the page shows as text only.
 * The page's policy lets this one script and this one style run, and nothing else.
 *
 * @example
 * planHtml({ review: reviewOf(plan, live, { people }), org: orgChart(live, plan.changes, { people, part: "whole" }), title: "Plan" });
 */
export function planHtml({ review, org, title }: PlanHtmlInput): string {
  const rows = changeRows(review, org);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<a class="skip" href="#changes">Skip to the changes</a>
<header>
<h1>${title}</h1>
<nav aria-label="Parts of this report"><ul><li><a href="#changes">Changes</a></li><li><a href="#chart">Org chart</a></li><li><a href="#guards-title">Guards</a></li></ul></nav>
</header>
<main>
${verdictSection(review)}
${warningsSection(review)}
${changesSection(rows)}
${chartSection()}
${guardsSection(review)}
${keptSection(review)}
</main>
<script type="application/json" id="table-data">${new Markup(scriptJson(tableData(rows)))}</script>
<script type="application/json" id="org-data">${new Markup(scriptJson(orgData(org)))}</script>
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`.text;
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
}

const POLICY = [
  "default-src 'none'",
  `script-src ${hashOf(SCRIPT)}`,
  `style-src ${hashOf(STYLE)}`,
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join("; ");
