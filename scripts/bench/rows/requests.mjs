import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { csvOf } from "../lib/people.mjs";
import { startSimulator } from "../lib/simulator-process.mjs";
import { seiRoster } from "../lib/timed.mjs";

const WRITES = new Set([
  "upload",
  "save",
  "reupload",
  "approve",
  "upsert",
  "delete",
  "setIdentities",
  "setIdentitiesCsv",
]);
const POLICY = "version: 1\nprune: all\nguards: { maxUpdate: 100% }\n";

/** @type {import("../lib/row.mjs").Row} */
export const requests = {
  id: "requests",
  title: "Requests of `sei-roster apply`, counted by the server",
  bar: "unchanged: reads only; k changes: reads + ceil(k / 500) + verification",
  when: "quick",
  async run(context) {
    const size = context.quick ? 1_000 : 10_000;
    const simulator = await startSimulator(context);
    try {
      await simulator.setUp(size);
      await writeFile(join(context.folder, "policy.yaml"), POLICY);
      const lines = [];
      for (const strategy of ["auto", "upsert", "reupload"]) {
        for (const changed of [0, 1, 50, size / 2]) {
          // Each run changes what the one before left: as many as it says, from one team to another.
          await writeFile(join(context.folder, "people.csv"), csvOf(size));
          await applied(context, simulator.url, "auto");
          await writeFile(join(context.folder, "people.csv"), csvOf(size, { changed }));
          await simulator.counts();
          await applied(context, simulator.url, strategy);
          lines.push({ strategy, changes: changed, ...counted(await simulator.counts()) });
        }
      }
      const reading = `A whole read of ${size.toLocaleString("en-US")} developers is the schema, ${size / 100} pages of the list and the CSV download.`;
      return { lines, notes: [`${reading} An apply reads to plan, and again to verify.`] };
    } finally {
      await simulator.stop();
    }
  },
};

function applied(
  /** @type {import("../lib/row.mjs").Context} */ context,
  /** @type {string} */ url,
  /** @type {string} */ strategy,
) {
  const source = ["people.csv", "policy.yaml"];
  return seiRoster(context, ["apply", ...source, "--yes", "--quiet", "--endpoint", url, "--strategy", strategy]);
}

function counted(/** @type {Record<string, number>} */ counts) {
  const sum = (/** @type {(kind: string) => boolean} */ counts_) =>
    Object.entries(counts).reduce((total, [kind, count]) => total + (counts_(kind) ? count : 0), 0);
  const writes = Object.entries(counts).filter(([kind]) => WRITES.has(kind));
  return {
    "whole reads": counts.download ?? 0,
    "requests that read": sum((kind) => !WRITES.has(kind)),
    "requests that write": sum((kind) => WRITES.has(kind)),
    "of these": writes.map(([kind, count]) => `${count} ${kind}`).join(", ") || "none",
  };
}
