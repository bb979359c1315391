import { isNewer, readMarker } from "./marker.mjs";
import { HttpError, pause, UncertainError } from "./request.mjs";

/**
 * A comment of our own account.
 *
 * @typedef {{ readonly id: number, readonly body: string }} Note
 */

/**
 * The comments of one pull or merge request.
 *
 * @typedef {object} Notes
 * @property {() => Promise<readonly Note[]>} list those of our own account, from every page
 * @property {(body: string) => Promise<Note>} create
 * @property {(id: number, body: string) => Promise<void>} update
 * @property {(id: number) => Promise<void>} remove
 */

const MOST_ROUNDS = 6;

/**
 * Makes a text the one comment of its kind. Everybody keeps the oldest comment and removes the others, so runs that race
 * end with one. An update has no condition: an older run that writes at the same moment can still be the last one, so
 * the workflows let only one run of a pull request comment at a time.
 *
 * @param {Notes} notes
 * @param {string} body its first line is a marker
 * @returns {Promise<"created" | "updated" | "unchanged" | "older">} older: a newer run has written, and nothing is changed
 * @throws {HttpError}
 */
export async function stickTo(notes, body) {
  const marker = readMarker(body);
  if (marker === undefined) throw new Error("a sticky comment begins with its marker");
  /** @type {Note | undefined} */
  let created;
  for (let round = 1; ; round++) {
    const mine = (await notes.list()).filter((note) => {
      const { kind, name } = readMarker(note.body) ?? {};
      return kind === marker.kind && name === marker.name;
    });
    // A list can lag behind what was just written.
    if (created !== undefined && !mine.some(({ id }) => id === created?.id)) mine.push(created);
    const [keep, ...extra] = mine.sort((a, b) => a.id - b.id);
    try {
      if (keep === undefined) {
        created = await notes.create(body);
        continue;
      }
      const runOf = (/** @type {Note} */ note) => readMarker(note.body)?.run ?? "0.0";
      const newest = mine.map(runOf).reduce((a, b) => (isNewer(b, a) ? b : a));
      const isOld = isNewer(newest, marker.run);
      if (!isOld && keep.body !== body) await notes.update(keep.id, body);
      for (const note of extra) {
        if (!isOld || !isNewer(runOf(note), marker.run)) await unlessGone(notes.remove(note.id));
      }
      if (isOld) return "older";
      return created !== undefined ? "created" : keep.body === body ? "unchanged" : "updated";
    } catch (error) {
      // A comment that may have been written, or is gone meanwhile: look again.
      const again =
        error instanceof UncertainError || (error instanceof HttpError && error.status === 404 && keep !== undefined);
      if (!again || round >= MOST_ROUNDS) throw error;
      if (created !== undefined && created.id === keep?.id) created = undefined;
      await pause(2 ** (round - 1));
    }
  }
}

async function unlessGone(/** @type {Promise<void>} */ removal) {
  try {
    await removal;
  } catch (error) {
    if (!(error instanceof HttpError && error.status === 404)) throw error;
  }
}
