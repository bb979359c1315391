import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { growthNote, inWorkers } from "../lib/in-worker.mjs";
import { csvOf, yamlOf } from "../lib/people.mjs";
import { round } from "../lib/row.mjs";
import { startSimulator } from "../lib/simulator-process.mjs";

const CHANGED = 50;

/** @type {import("../lib/row.mjs").Row} */
export const floorCsv = {
  id: "floor-csv",
  title: "Our plan from CSV against the least that it can do",
  bar: "under 2x of download + csv-parse of both sides at 100,000, under 1 GiB; growth at most 1.1",
  when: "quick",
  async run(context) {
    const lines = [];
    const [plan, floor] = [/** @type {[number, number][]} */ ([]), /** @type {[number, number][]} */ ([])];
    for (const size of context.quick ? [1_000, 10_000] : [1_000, 10_000, 100_000]) {
      const simulator = await startSimulator(context);
      try {
        await simulator.setUp(size);
        const source = join(context.folder, `people-${size}.csv`);
        await writeFile(source, csvOf(size, { changed: CHANGED }));
        const settings = { source, url: simulator.url, size };
        const pieces = ["plan", "floor-csv", "floor-proof"].map((name) => ({ name, settings }));
        const [ours, least, proof] = await inWorkers(context, pieces, 3);
        plan.push([size, ours.seconds.all]);
        floor.push([size, least.seconds.all]);
        lines.push({
          developers: size,
          "plan, s": round(ours.seconds.all),
          "floor, s": round(least.seconds.all),
          "x floor": round(ours.seconds.all / least.seconds.all),
          "floor with the list too, s": round(proof.seconds.all),
          "x that": round(ours.seconds.all / proof.seconds.all),
          "memory of the plan, MiB": ours.peakMiB,
          "of the floor, MiB": least.peakMiB,
        });
      } finally {
        await simulator.stop();
      }
    }
    return {
      lines,
      notes: [
        "Each in a fresh process, modules loaded, median of 3 that take turns. The floor downloads the CSV of the account and parses it and the source with csv-parse, and compares nothing. “With the list too” reads every page of the JSON list as well, which the proof of a whole read needs (two answers of the API must agree).",
        growthNote("the plan", plan),
        growthNote("the floor", floor),
      ],
    };
  },
};

/** @type {import("../lib/row.mjs").Row} */
export const floorYaml = {
  id: "floor-yaml",
  title: "Our plan from YAML against `yaml` parsing alone",
  bar: "growth at most 1.1",
  when: "quick",
  async run(context) {
    const lines = [];
    const [plan, floor] = [/** @type {[number, number][]} */ ([]), /** @type {[number, number][]} */ ([])];
    for (const size of context.quick ? [1_000, 3_000] : [1_000, 10_000, 100_000]) {
      const simulator = await startSimulator(context);
      try {
        await simulator.setUp(size);
        const source = join(context.folder, `people-${size}.yaml`);
        await writeFile(source, yamlOf(size, { changed: CHANGED }));
        const settings = { source, url: simulator.url };
        const pieces = ["plan", "parse-yaml"].map((name) => ({ name, settings }));
        const [ours, least] = await inWorkers(context, pieces, size > 10_000 ? 1 : 3);
        plan.push([size, ours.seconds.all]);
        floor.push([size, least.seconds.all]);
        lines.push({
          developers: size,
          "plan, s": round(ours.seconds.all),
          "yaml alone, s": round(least.seconds.all),
          "x yaml": round(ours.seconds.all / least.seconds.all),
          "memory of the plan, MiB": ours.peakMiB,
          "of yaml, MiB": least.peakMiB,
        });
      } finally {
        await simulator.stop();
      }
    }
    return {
      lines,
      notes: [
        "`yaml` alone: `parse` with `uniqueKeys: false`, because it would compare every key with every other. 100,000 is measured once.",
        growthNote("the plan", plan),
        growthNote("yaml", floor),
      ],
    };
  },
};
