import { setTimeout as sleep } from "node:timers/promises";
import type { Developer } from "../roster/developer.js";
import type { LiveRoster } from "../roster/live-roster.js";
import type { Looked } from "../sei/look.js";
import type { SeiReader } from "../sei/reader.js";
import { isRefused, isTaken } from "./answer-words.js";
import { isMadeUp } from "./own-people.js";

/** So often a delete may be refused: that does not change by waiting. */
const MOST_REFUSALS = 3;
const REFUSED = "a delete was refused with";

/** What could not be taken away, in words; made-up addresses only. */
export type Leftover = string;

/** Whom to take away, and with what. */
export interface Cleaning {
  readonly reader: SeiReader;
  /** Waits between looks, in ms, one after the other. */
  readonly waits: readonly number[];
  /** So far reads are known to be behind, in ms. */
  readonly lagMs: number;
  isMine(developer: Developer): boolean;
  /** The addresses of everybody who may be there, as they were sent; those of {@link isMine} who are found count too. */
  readonly made: ReadonlySet<string>;
  remove(emails: readonly string[]): Promise<Looked>;
}

/**
 * Deletes people who were made up, and looks again until reads show none twice: a write whose answer was lost may have
 * arrived, and reads may be behind.
 */
export async function cleanUp(cleaning: Cleaning): Promise<readonly Leftover[]> {
  const { reader, waits, lagMs, made } = cleaning;
  const patience = [0, ...waits, ...waits.slice(-1), ...waits.slice(-1)];
  let trouble = "";
  let quiet = 0;
  let refusals = 0;
  let left = [...made].map((email) => email.toLowerCase());
  for (const [round, ms] of patience.entries()) {
    await sleep(Math.max(ms, lagMs));
    let live: LiveRoster;
    try {
      live = await reader.readRoster({ identities: false });
    } catch (error) {
      trouble = error instanceof Error ? error.message : String(error);
      quiet = 0;
      continue;
    }
    const mine = [...live.developers.values()].filter((one) => cleaning.isMine(one));
    // Somebody may be missing from an answer that is not whole.
    if (mine.length === 0 && live.completeness.proven) {
      quiet += 1;
      if (quiet === 2) return [];
      continue;
    }
    quiet = 0;
    if (mine.length === 0) continue;
    left = mine.map(({ email }) => email);
    trouble = await removeAll(mine, cleaning, round);
    refusals = trouble.includes(REFUSED) ? refusals + 1 : 0;
    if (refusals === MOST_REFUSALS) break;
  }
  const why = trouble === "" ? "reads go on to show them" : trouble;
  return [`people who may still be there (${why}): ${[...new Set(left)].sort().join(", ")}`];
}

/** @returns why it was not taken; "" when it was */
async function removeAll(mine: readonly Developer[], { made, remove }: Cleaning, round: number): Promise<string> {
  let trouble = "";
  // All at once, so that nobody is left without a manager.
  for (const emails of [spelled(mine, made, round), spelled(mine, made, round + 1)]) {
    const looked = await remove(emails);
    if (isTaken(looked)) return "";
    const refused = isRefused(looked) ? REFUSED : "a delete was answered with";
    trouble = looked.kind === "none" ? looked.error.message : `${refused} ${looked.answer.status}`;
  }
  return trouble;
}

/** Who was sent in two spellings may be there in either, and the other may be refused: each in its turn. */
function spelled(mine: readonly Developer[], made: ReadonlySet<string>, turn: number): readonly string[] {
  return mine.map(({ email }) => {
    const known = [...made].filter((one) => one.toLowerCase() === email);
    return known[turn % Math.max(1, known.length)] ?? email;
  });
}

/** Who of an earlier run is still there. */
export function madeUpIn({ developers }: LiveRoster): readonly string[] {
  return [...developers.values()].filter(isMadeUp).map(({ email }) => email);
}
