import { fileURLToPath } from "node:url";
import { exponent, median } from "./statistics.mjs";
import { timed } from "./timed.mjs";

const WORKER = fileURLToPath(new URL("worker.mjs", import.meta.url));

/** @typedef {{ name: string, settings: object }} Piece of work, see works.mjs */

/**
 * Does pieces of work, each in a fresh process, taking turns, so that a slow moment of the machine meets all of them.
 *
 * @param {import("./row.mjs").Context} context
 * @param {readonly Piece[]} pieces
 * @param {number} runs
 * @returns {Promise<{ seconds: Record<string, number>, peakMiB: number }[]>} medians, in the order of the pieces
 */
export async function inWorkers(context, pieces, runs) {
  const taken = pieces.map(() => /** @type {{ seconds: Record<string, number>, peakMiB: number }[]} */ ([]));
  for (let run = 0; run < runs; run++) {
    for (const [at, { name, settings }] of pieces.entries()) {
      const args = ["--expose-gc", WORKER, name, JSON.stringify(settings)];
      const { stdout, peakMiB } = await timed(process.execPath, args, { cwd: context.folder, env: context.env });
      taken[at].push({ seconds: JSON.parse(stdout), peakMiB: peakMiB ?? 0 });
    }
  }
  return taken.map((all) => ({
    seconds: Object.fromEntries(
      Object.keys(all[0].seconds).map((part) => [part, median(all.map(({ seconds }) => seconds[part]))]),
    ),
    peakMiB: Math.round(median(all.map(({ peakMiB }) => peakMiB))),
  }));
}

/** A note about growth: from the least to the largest size, and the last step alone, where something quadratic shows first. */
export function growthNote(/** @type {string} */ what, /** @type {readonly (readonly [number, number])[]} */ points) {
  if (points.length < 2) return `Growth of ${what}: one size is none.`;
  const whole = exponent(points).toFixed(2);
  return `Growth of ${what} (exponent of time over size, bar 1.1): ${whole}; in the last step alone ${exponent(points.slice(-2)).toFixed(2)}.`;
}
