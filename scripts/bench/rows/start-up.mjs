import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { yamlOf } from "../lib/people.mjs";
import { round } from "../lib/row.mjs";
import { median } from "../lib/statistics.mjs";
import { timed } from "../lib/timed.mjs";

/** @type {import("../lib/row.mjs").Row} */
export const startUp = {
  id: "start-up",
  title: "Start-up of sei-roster against node loading yaml and ajv",
  bar: "1.5x",
  when: "quick",
  async run({ root, cli, folder, env, quick }) {
    const file = join(folder, "people.yaml");
    await writeFile(file, yamlOf(20));
    const commands = {
      "node, nothing": ["-e", "0"],
      "node, yaml and ajv": ["-e", 'require("yaml"); require("ajv")'],
      "sei-roster --help": [cli, "--help"],
      "sei-roster validate, 20 developers": [cli, "validate", file],
    };
    const times = Object.fromEntries(Object.keys(commands).map((name) => [name, /** @type {number[]} */ ([])]));
    const runs = quick ? 7 : 15;
    for (let run = 0; run < runs; run++) {
      for (const [name, args] of Object.entries(commands)) {
        times[name].push((await timed(process.execPath, args, { cwd: root, env })).seconds);
      }
    }
    const base = median(times["node, yaml and ajv"]);
    const lines = Object.entries(times).map(([command, all]) => ({
      command,
      "median, ms": Math.round(1000 * median(all)),
      "best, ms": Math.round(1000 * Math.min(...all)),
      "x yaml and ajv": round(median(all) / base),
      "x, of the best": round(Math.min(...all) / Math.min(...times["node, yaml and ajv"])),
    }));
    return { lines, notes: [`${runs} runs that take turns, each a process of its own.`] };
  },
};
