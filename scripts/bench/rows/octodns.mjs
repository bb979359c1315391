import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { octodnsSync, VERSION } from "../lib/octodns.mjs";
import { yamlOf } from "../lib/people.mjs";
import { round } from "../lib/row.mjs";
import { startSimulator } from "../lib/simulator-process.mjs";
import { median } from "../lib/statistics.mjs";
import { seiRoster, timed } from "../lib/timed.mjs";

const CHANGED = 50;
const RUNS = 3;

/** @type {import("../lib/row.mjs").Row} */
export const octodns = {
  id: "octodns-10000",
  title: "A plan of 10,000 from YAML with 50 changes: octoDNS against sei-roster",
  bar: "4x faster",
  when: "usual",
  async run(context) {
    const command = await octodnsSync(context.log);
    const { folder, env } = context;
    const size = 10_000;
    await writeFile(join(folder, "people.yaml"), yamlOf(size, { changed: CHANGED }));
    await writeZones(folder, size);
    const simulator = await startSimulator(context);
    try {
      await simulator.setUp(size);
      const works = {
        "sei-roster plan": async () => {
          const { stdout, seconds } = await seiRoster(context, ["plan", "people.yaml", "--endpoint", simulator.url]);
          if (!stdout.includes(`${CHANGED} to update`)) throw new Error(`not the plan that was meant:\n${stdout}`);
          return seconds;
        },
        "octodns-sync": () => sync("config.yaml"),
        "octodns-sync, order not enforced": () => sync("config-any-order.yaml"),
      };
      const sync = async (/** @type {string} */ config) => {
        const { stderr, seconds } = await timed(command, ["--config-file", config], { cwd: folder, env });
        if (!stderr.includes(`Updates=${CHANGED}`)) throw new Error(`not the plan that was meant:\n${stderr}`);
        return seconds;
      };
      const times = Object.fromEntries(Object.keys(works).map((name) => [name, /** @type {number[]} */ ([])]));
      for (let run = 0; run < RUNS; run++) {
        for (const [name, work] of Object.entries(works)) times[name].push(await work());
      }
      const ours = median(times["sei-roster plan"]);
      const lines = Object.entries(times).map(([what, all]) => ({
        what,
        "median, s": round(median(all)),
        "x ours": round(median(all) / ours),
      }));
      return {
        lines,
        notes: [
          `octoDNS ${VERSION} plans from one folder of YAML to another, one A record with its TTL a line; a developer has six values, and live is read over HTTP. Both are whole processes, median of ${RUNS}.`,
        ],
      };
    } finally {
      await simulator.stop();
    }
  },
};

/** What is wanted, what is there, and how octoDNS finds both. */
async function writeZones(/** @type {string} */ folder, /** @type {number} */ size) {
  const step = size / CHANGED;
  for (const [name, last] of /** @type {const} */ ([
    ["wanted", 2],
    ["live", 1],
  ])) {
    // The order that octoDNS wants by default: that of people, so numbers of the same length.
    const records = Array.from({ length: size }, (_, at) => {
      const digit = at % step === 0 ? last : 1;
      return `person-${String(at).padStart(6, "0")}:\n  ttl: 300\n  type: A\n  value: 10.${at >> 8}.${at & 255}.${digit}\n`;
    });
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, "example.com.yaml"), `---\n${records.join("")}`);
  }
  const provider = (/** @type {string} */ directory, /** @type {boolean} */ order) =>
    `  ${directory}:\n    class: octodns.provider.yaml.YamlProvider\n    directory: ./${directory}\n    enforce_order: ${order}\n`;
  const config = (/** @type {boolean} */ order) =>
    `---\nproviders:\n${provider("wanted", order)}${provider("live", order)}zones:\n  example.com.:\n    sources: [wanted]\n    targets: [live]\n`;
  await writeFile(join(folder, "config.yaml"), config(true));
  await writeFile(join(folder, "config-any-order.yaml"), config(false));
}
