import type { OrgNode } from "../org-chart.js";
import type { Review } from "../review.js";
import { shareOut } from "../share-out.js";
import { bytesOf } from "./bytes.js";
import { commandText } from "./command.js";
import { code, prose } from "./inline.js";
import { type Chart, mermaidChart } from "./mermaid.js";
import { guardsText, refusalText } from "./refusals.js";
import { frameBytes, rowsWithin, type Section, sectionText } from "./section.js";
import { changeSections, keptSections, lookTwiceSection } from "./sections.js";
import { headline, summaryText } from "./summary-text.js";
import { type ReportKind, WORDING, type Wording } from "./wording.js";
import { counted } from "./words.js";

/** How the report is written. */
export interface MarkdownOptions {
  readonly kind: ReportKind;
  /** The command that applies exactly this plan; null: nothing can apply it. */
  readonly command: readonly string[] | null;
  /** How many differences of a drift are accepted, and not shown. Default: 0. */
  readonly accepted?: number;
  /** Most bytes. Default: 64,000, which leaves room in a comment of 65,536 characters for what a bot puts around it. */
  readonly most?: number;
}

const MOST_BYTES = 64_000;

/**
 * A plan as GitHub Flavored Markdown, for a comment that a reviewer reads: the verdict and the counts first, then question
 * by question. It is never longer than a comment may be; rows that there is no room for are counted. Whatever users wrote
 * is shown as they wrote it, and is no markup, link, mention, reference or HTML.
 *
 * @param org the changed part of the org chart
 * @example
 * planMarkdown(reviewOf(plan, live, { people: "names" }), org, { kind: "plan", command: null });
 * // "## Roster plan: 2 changes\n\n..."
 */
export function planMarkdown(review: Review, org: readonly OrgNode[], options: MarkdownOptions): string {
  const { kind, most = MOST_BYTES } = options;
  const wording = WORDING[kind];
  const changes = changeSections(review, wording);
  const before = lookTwiceSection(review, wording);
  const after = keptSections(review);
  const sections = [...before, ...changes, ...after];

  const head = `## ${headline(review, kind, options.accepted)}\n\n${summaryText(review, changes, after)}${refusalText(review, kind)}`;
  const chart = chartText(mermaidChart(org), wording);
  const foot = `${guardsText(review)}${footText(review, options)}`;
  const fixed = [head, chart, foot, leftOutText(Number.MAX_SAFE_INTEGER)].reduce((sum, text) => sum + bytesOf(text), 0);
  const frames = sections.reduce((sum, section) => sum + frameBytes(section), 0);
  const room = Math.max(0, most - fixed - frames);

  const all = sections.map((section) => rowsWithin(section, room));
  const needs = all.map((rows) => rows.reduce((sum, row) => sum + bytesOf(row), 0));
  const shares = shareOut(
    needs.map((need, index) => ((all[index]?.length ?? 0) < (sections[index]?.size ?? 0) ? room : need)),
    room,
  );
  const shown = all.map((rows, index) => firstWithin(rows, shares[index] ?? 0));
  const left = sections.reduce((sum, { size }, index) => sum + size - (shown[index]?.length ?? 0), 0);
  const write = (part: readonly Section[], from: number) =>
    part.map((section, index) => sectionText(section, shown[from + index] ?? [])).join("");

  return [
    head,
    left > 0 ? leftOutText(left) : "",
    write(before, 0),
    write(changes, before.length),
    chart,
    write(after, before.length + changes.length),
    foot,
  ].join("");
}

/** The first rows that have room. */
function firstWithin(rows: readonly string[], most: number): readonly string[] {
  let room = most;
  const end = rows.findIndex((row) => {
    room -= bytesOf(row);
    return room < 0;
  });
  return end < 0 ? rows : rows.slice(0, end);
}

function leftOutText(left: number): string {
  return `_${counted(left, "row")} would not fit here; the JSON and the HTML of the same plan have all of them._\n\n`;
}

function chartText(chart: Chart, { chart: title, legend }: Wording): string {
  if (chart === null) return "";
  if ("why" in chart) return `_The org chart is left out: ${chart.why}._\n\n`;
  return `#### ${title}\n\n\`\`\`mermaid\n${chart.code}\n\`\`\`\n\n${legend}\n\n`;
}

/** How it would be applied. A drift says so only when a command makes live as declared. */
function footText({ way, checksum, refusals, counts }: Review, { kind, command }: MarkdownOptions): string {
  if (Object.values(counts).every((count) => count === 0)) return "";
  if (kind === "drift" && command === null) return "";
  const sum = `Checksum ${code(checksum)}`;
  if (way.kind === "none") return `Nothing can be applied: ${prose(way.why, 200)}.<br>\n${sum}\n`;
  const how = `By ${way.kind}, ${counted(way.requests, "writing request")}: ${prose(way.why, 200)}.<br>\n${sum}\n`;
  const text = refusals.length > 0 || command === null ? null : commandText(command);
  const does = kind === "plan" ? "This applies exactly this plan, and no other:" : "This makes live as declared:";
  return text === null ? how : `${how}\n${does}\n\n\`\`\`sh\n${text}\n\`\`\`\n`;
}
