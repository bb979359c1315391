import { formatMarker } from "./marker.mjs";
import { reportBody } from "./report-body.mjs";

/**
 * The texts of the drift issue.
 *
 * @param {import("./roster-run.mjs").Ran} ran
 * @param {{ name: string, run: string, runUrl: string, title: string, most?: number }} context
 * @returns {import("./one-issue.mjs").Wanted}
 */
export function driftTexts(ran, { name, run, runUrl, title, ...rest }) {
  const marker = /** @type {const} */ ({ kind: "drift", name, run, checksum: ran.checksum });
  formatMarker(marker);
  return {
    title: title === "" ? `Drift: live differs from the roster${name === "default" ? "" : ` (${name})`}` : title,
    body: reportBody(marker, ran, { runUrl, ...rest }),
    changed: `The drift is another one now: ${ran.summary}. [Run](${runUrl})`,
    clean: `Live is as declared again. [Run](${runUrl})`,
  };
}
