import { readMarker } from "./marker.mjs";
import { pause, UncertainError } from "./request.mjs";

/**
 * An open issue of our own account.
 *
 * @typedef {{ readonly id: number, readonly body: string }} Issue
 */

/**
 * @typedef {object} Issues
 * @property {() => Promise<readonly Issue[]>} list open ones of our own account, from every page
 * @property {(title: string, body: string) => Promise<Issue>} open
 * @property {(id: number, body: string) => Promise<void>} update
 * @property {(id: number, text: string) => Promise<void>} comment
 * @property {(id: number) => Promise<void>} close
 */

/**
 * @typedef {object} Wanted
 * @property {string} title
 * @property {string} body its first line is a marker
 * @property {string} changed the comment for an issue whose drift is another one now
 * @property {string} clean the comment for an issue that is closed
 */

const MOST_ROUNDS = 6;

/**
 * Keeps one issue open as long as something is wrong.
 *
 * @param {Issues} issues
 * @param {boolean} isClean
 * @param {Wanted} wanted
 * @returns {Promise<{ outcome: "opened" | "updated" | "closed" | "none", id?: number }>}
 */
export async function keepOneIssue(issues, isClean, { title, body, changed, clean }) {
  const marker = readMarker(body);
  if (marker === undefined) throw new Error("the text of an issue begins with its marker");
  /** @type {Issue | undefined} */
  let opened;
  for (let round = 1; ; round++) {
    const mine = (await issues.list()).filter((issue) => {
      const { kind, name } = readMarker(issue.body) ?? {};
      return kind === marker.kind && name === marker.name;
    });
    if (opened !== undefined && !mine.some(({ id }) => id === opened?.id)) mine.push(opened);
    const [keep, ...extra] = mine.sort((a, b) => a.id - b.id);
    if (isClean) {
      for (const { id } of mine) await finish(issues, id, clean);
      return keep === undefined ? { outcome: "none" } : { outcome: "closed", id: keep.id };
    }
    if (keep === undefined) {
      try {
        opened = await issues.open(title, body);
      } catch (error) {
        if (!(error instanceof UncertainError) || round >= MOST_ROUNDS) throw error;
        await pause(2 ** (round - 1));
      }
      continue;
    }
    if (keep.body !== body) await issues.update(keep.id, body);
    // Only a comment sends a notification.
    const before = readMarker(keep.body)?.checksum;
    if (before !== marker.checksum) await issues.comment(keep.id, changed);
    for (const { id } of extra) await finish(issues, id, `The same as #${keep.id}.`);
    return { outcome: opened === undefined ? "updated" : "opened", id: keep.id };
  }
}

/** Closes first: a comment that is missing is better than one that comes every night. */
async function finish(/** @type {Issues} */ issues, /** @type {number} */ id, /** @type {string} */ text) {
  await issues.close(id);
  await issues.comment(id, text);
}
