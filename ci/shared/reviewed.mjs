import { Refused } from "./main.mjs";
import { isNewer, readMarker } from "./marker.mjs";

/** @typedef {import("./sticky.mjs").Note} Note */

/**
 * The checksum that was reviewed: the one in the newest plan comment of our own account, if that plan is of the commit
 * that was merged.
 *
 * @param {readonly Note[]} notes those of our own account
 * @param {{ name: string, pr: string, head: string }} merged head: the last commit of its branch
 * @returns {{ checksum: string, note: Note }}
 * @throws {Refused} when there is none
 */
export function reviewedChecksum(notes, { name, pr, head }) {
  const plans = notes.flatMap((note) => {
    const marker = readMarker(note.body);
    return marker?.kind === "plan" && marker.name === name && marker.pr === pr ? [{ note, marker }] : [];
  });
  const newest = plans.reduce((a, b) => (a === undefined || isNewer(b.marker.run, a.marker.run) ? b : a), plans[0]);
  if (newest === undefined)
    throw new Refused(`#${pr} has no plan comment of the bot: nothing was reviewed, nothing is applied`);
  const { note, marker } = newest;
  if (marker.head !== head) {
    throw new Refused(
      `the plan in #${pr} is of commit ${marker.head?.slice(0, 12)}, and ${head.slice(0, 12)} was merged: plan again and review that`,
    );
  }
  if (marker.checksum === undefined)
    throw new Refused(`the last plan in #${pr} failed or was refused: nothing is applied`);
  return { checksum: marker.checksum, note };
}
