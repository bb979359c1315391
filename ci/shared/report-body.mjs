import { codeBlock } from "./code-block.mjs";
import { cutToFit, MOST_CHARACTERS } from "./cut-to-fit.mjs";
import { formatMarker, withoutMarkers } from "./marker.mjs";

/** @typedef {import("./roster-run.mjs").Ran} Ran */
/** @typedef {import("./marker.mjs").Marker} Marker */

/** Steps of a job hand a report on in a file. */
export const RAN_FILE = "ran.json";

/**
 * The text of a comment: the marker, the report, and a line that says of what it is.
 *
 * @param {Marker} marker
 * @param {Pick<Ran, "code" | "out" | "err" | "markdown" | "summary">} ran
 * @param {{ runUrl: string, most?: number }} context
 */
export function reportBody(marker, ran, { runUrl, most = MOST_CHARACTERS }) {
  const first = `${formatMarker(marker)}\n`;
  const last = `\n\n<sub>${footer(marker, runUrl)}</sub>\n`;
  return first + cutToFit(withoutMarkers(content(marker, ran)), most - first.length - last.length) + last;
}

/** What came of it, in words when there is no report. */
function content(/** @type {Marker} */ { kind, name }, /** @type {Parameters<typeof reportBody>[1]} */ ran) {
  const { code, out, err, markdown, summary } = ran;
  if (markdown !== "" && code !== 1) return markdown.trimEnd();
  const title = `### sei-roster ${kind}${name === "default" ? "" : ` (${name})`}`;
  const said = `${out}${code === 0 || code === 2 ? "" : err}`;
  return `${title}\n\n${summary}\n\n${codeBlock(said === "" ? "(it said nothing)" : said)}`;
}

function footer(/** @type {Marker} */ { kind, head, checksum }, /** @type {string} */ runUrl) {
  const parts = [
    ...(head === undefined ? [] : [`Commit ${head.slice(0, 12)}`]),
    `[run](${runUrl})`,
    ...(checksum !== undefined && kind === "plan"
      ? [`checksum <code>${checksum.slice(0, 16)}</code>: after the merge exactly this plan is applied, or nothing`]
      : []),
  ];
  return parts.join(" · ");
}

/**
 * Whether a run lets its job fail. Changes are what a plan is for; drift is what a night is for.
 *
 * @param {string} command
 * @param {number} code
 * @param {"true" | "false" | ""} changesFail "" is: as the command has it
 */
export function isFailure(command, code, changesFail) {
  if (code !== 2) return code !== 0;
  return changesFail === "" ? command === "drift" : changesFail === "true";
}
