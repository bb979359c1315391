import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { growthNote, inWorkers } from "../lib/in-worker.mjs";
import { csvOf } from "../lib/people.mjs";
import { round } from "../lib/row.mjs";

/** @type {import("../lib/row.mjs").Row} */
export const reports = {
  id: "reports",
  title: "A plan in which one in twenty changes, and its reports",
  bar: "growth at most 1.1 each",
  when: "quick",
  async run(context) {
    const lines = [];
    const points = /** @type {Record<string, [number, number][]>} */ ({});
    for (const size of context.quick ? [1_000, 10_000] : [1_000, 10_000, 100_000]) {
      const [before, after] = ["before", "after"].map((name) => join(context.folder, `${name}-${size}.csv`));
      await writeFile(before, csvOf(size));
      await writeFile(after, csvOf(size, { changed: size / 20 }));
      const [{ seconds, peakMiB }] = await inWorkers(context, [{ name: "report", settings: { before, after } }], 3);
      for (const [part, time] of Object.entries(seconds)) {
        points[part] ??= [];
        points[part].push([size, time]);
      }
      const times = Object.entries(seconds).map(([part, time]) => [`${part}, s`, round(time)]);
      lines.push({ developers: size, changes: size / 20, ...Object.fromEntries(times), "memory, MiB": peakMiB });
    }
    return {
      lines,
      notes: [
        "`plan` is the pure comparison of two rosters in memory. The memory is that of one process which loads both rosters, plans and writes the four reports one after the other.",
        ...Object.entries(points).map(([part, taken]) => growthNote(part, taken)),
      ],
    };
  },
};
