import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { growthNote, inWorkers } from "../lib/in-worker.mjs";
import { csvOf, yamlOf } from "../lib/people.mjs";
import { round } from "../lib/row.mjs";

/** @typedef {{ work: string, floor: string, file: string, text: (count: number) => string, sizes: readonly number[] }} Piece */

/**
 * A piece of work on one file against the parser of that file alone, at several sizes.
 *
 * @param {import("../lib/row.mjs").Context} context
 * @param {Piece} piece
 */
async function onFile(context, { work, floor, file, text, sizes }) {
  const lines = [];
  const points = [];
  for (const size of sizes) {
    const source = join(context.folder, `${size}-${file}`);
    await writeFile(source, text(size));
    const pieces = [work, floor].map((name) => ({ name, settings: { source } }));
    const [ours, least] = await inWorkers(context, pieces, size > 10_000 ? 1 : 3);
    points.push(/** @type {const} */ ([size, ours.seconds.all]));
    lines.push({
      developers: size,
      [`${work}, s`]: round(ours.seconds.all),
      [`${floor} alone, s`]: round(least.seconds.all),
      ratio: round(ours.seconds.all / least.seconds.all),
      "memory, MiB": ours.peakMiB,
      [`of ${floor}, MiB`]: least.peakMiB,
    });
  }
  return { lines, notes: [growthNote(work, points)] };
}

/** @type {import("../lib/row.mjs").Row} */
export const validateCsv = {
  id: "validate-csv",
  title: "`validate` of a CSV against csv-parse alone",
  bar: "2x; growth at most 1.1",
  when: "quick",
  run: (context) =>
    onFile(context, {
      work: "validate",
      floor: "parse-csv",
      file: "people.csv",
      text: csvOf,
      sizes: context.quick ? [1_000, 10_000] : [1_000, 10_000, 100_000],
    }),
};

/** @type {import("../lib/row.mjs").Row} */
export const validateYaml = {
  id: "validate-yaml",
  title: "`validate` of a YAML file against yaml alone",
  bar: "1.5x; growth at most 1.1",
  when: "quick",
  run: (context) =>
    onFile(context, {
      work: "validate",
      floor: "parse-yaml",
      file: "people.yaml",
      text: yamlOf,
      sizes: context.quick ? [1_000, 3_000] : [1_000, 10_000, 100_000],
    }),
};

/** @type {import("../lib/row.mjs").Row} */
export const format = {
  id: "format",
  title: "`format` of a YAML file against yaml alone",
  bar: "growth at most 1.1",
  when: "quick",
  run: (context) =>
    onFile(context, {
      work: "format",
      floor: "parse-yaml",
      file: "people.yaml",
      text: (count) => yamlOf(count),
      sizes: context.quick ? [1_000, 3_000] : [1_000, 10_000, 50_000],
    }),
};
