// Where the time of a piece of work goes: the functions that took most of it themselves, as a Markdown table.
//   node scripts/bench/profile.mjs validate '{"source":"people.yaml"}'      the names stand in lib/works.mjs
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { timed } from "./lib/timed.mjs";

const SHOWN = 20;
const worker = fileURLToPath(new URL("lib/worker.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sei-profile-"));
try {
  await timed(process.execPath, [
    "--expose-gc",
    "--cpu-prof",
    `--cpu-prof-dir=${folder}`,
    worker,
    ...process.argv.slice(2),
  ]);
  const [file = ""] = readdirSync(folder);
  const { self, total } = selfTimes(JSON.parse(readFileSync(join(folder, file), "utf8")));
  console.log(`| ms | % | function | file |\n| ---: | ---: | --- | --- |`);
  for (const [place, time] of [...self].sort((a, b) => b[1] - a[1]).slice(0, SHOWN)) {
    console.log(`| ${Math.round(time / 1000)} | ${((100 * time) / total).toFixed(1)} | ${place} |`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The time that each function took without those it called, in microseconds. */
function selfTimes(/** @type {any} */ { nodes, samples, timeDeltas }) {
  const frames = new Map(nodes.map((/** @type {any} */ { id, callFrame }) => [id, callFrame]));
  const self = new Map();
  let total = 0;
  for (const [at, id] of samples.entries()) {
    const { functionName, url } = frames.get(id);
    const place = `${functionName || "(anonymous)"} | ${url.replace(/^.*\/(node_modules|dist)\//, "$1/")}`;
    self.set(place, (self.get(place) ?? 0) + timeDeltas[at]);
    total += timeDeltas[at];
  }
  return { self, total };
}
