import { life, WAYS } from "../lib/life.mjs";
import { round } from "../lib/row.mjs";
import { exponent } from "../lib/statistics.mjs";

/** @typedef {keyof typeof WAYS} Way */
/** @typedef {Awaited<ReturnType<typeof life>>} Life */

/** Lives of this run, by way and size: the growth of the rivals is told from two rows. @type {Map<string, Life>} */
const lives = new Map();

/**
 * One size: ours, and the rivals as far as they are asked.
 *
 * @param {number} size
 * @param {"quick" | "usual" | "full"} when
 * @param {(context: import("../lib/row.mjs").Context) => readonly Way[]} rivals
 * @returns {import("../lib/row.mjs").Row}
 */
const up = (size, when, rivals) => ({
  id: `up-${size}`,
  title: `A roster of ${size.toLocaleString("en-US")} in Pulumi`,
  bar: "create 20x faster than a resource each as written, 10x than crafted; preview 8x (at 1,000)",
  when,
  async run(context) {
    const ways = /** @type {readonly Way[]} */ (["ours", ...rivals(context)]);
    for (const way of ways) lives.set(`${way} ${size}`, await life(context, way, size));
    const of = (/** @type {Way} */ way) => /** @type {Life} */ (lives.get(`${way} ${size}`));
    const times = Object.keys(of("ours").seconds).map((work) => line(work, "s", ways, (way) => of(way).seconds[work]));
    const state = line("state", "KB", ways, (way) => of(way).stateBytes / 1000);
    const asked = line("requests, all in all", "", ways, (way) => of(way).requests);
    return { lines: [...times, state, asked], notes: ways.slice(1).flatMap(growthNotes) };
  },
});

/** One measure of every way, and how many times ours the others are. */
function line(
  /** @type {string} */ what,
  /** @type {string} */ unit,
  /** @type {readonly Way[]} */ ways,
  /** @type {(way: Way) => number} */ measure,
) {
  const ours = measure("ours");
  const values = ways.flatMap((way) => [
    [WAYS[way], round(measure(way))],
    ...(way === "ours" ? [] : [[`x ours (${way})`, round(measure(way) / ours)]]),
  ]);
  return { work: unit === "" ? what : `${what}, ${unit}`, ...Object.fromEntries(values) };
}

/** How the time of a rival grows, when this run has it at several sizes. */
function growthNotes(/** @type {Way} */ way) {
  const measured = [...lives].flatMap(([key, { seconds }]) =>
    key.startsWith(`${way} `) ? [/** @type {const} */ ([Number(key.split(" ")[1]), seconds])] : [],
  );
  if (measured.length < 2) return [];
  const of = (/** @type {string} */ work) => exponent(measured.map(([size, seconds]) => [size, seconds[work]]));
  return [
    `Growth of ${WAYS[way]} over the sizes so far: create ${of("create").toFixed(2)}, preview ${of("preview, no change").toFixed(2)}.`,
  ];
}

const BOTH = /** @type {readonly Way[]} */ (["written", "crafted"]);

export const upRows = [
  up(100, "quick", ({ quick }) => (quick ? ["written"] : BOTH)),
  up(300, "usual", () => BOTH),
  up(1_000, "usual", ({ full }) => (full ? BOTH : [])),
  up(10_000, "usual", () => []),
];
