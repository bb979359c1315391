// `npm run bench`: measures what docs/performance.md tells. Needs dist/ (npm run build).
//   npm run bench                        the usual rows, in some 10 minutes; writes bench/results.{md,json}
//   npm run bench -- --quick             small sizes, in less than 2 minutes; only prints
//   npm run bench -- --full              the rivals at 1,000 developers too, which takes some 10 minutes more
//   npm run bench -- --only up-1000      some rows (comma between them); only prints
//   npm run bench -- --list              which rows there are
//   npm run bench -- --out FOLDER        write the results there, in whatever mode
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { machine } from "./lib/machine.mjs";
import { reportMarkdown, resultMarkdown } from "./lib/report.mjs";
import { NotHereError, round } from "./lib/row.mjs";
import { rows } from "./rows.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const { values: flags } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    full: { type: "boolean", default: false },
    only: { type: "string" },
    list: { type: "boolean", default: false },
    out: { type: "string" },
  },
});
if (flags.list) {
  for (const { id, when, title } of rows) console.log(`${id.padEnd(16)} ${when.padEnd(6)} ${title}`);
  process.exit();
}

const run = { date: new Date().toISOString().slice(0, 10), mode: modeOf(), machine: machine(), results: [] };
for (const row of chosen()) {
  console.error(`${row.id} …`);
  const result = await measure(row);
  run.results.push(result);
  console.log(resultMarkdown(result));
}
const out = flags.out ?? (run.mode === "usual" || run.mode === "full" ? join(root, "bench") : null);
if (out !== null) {
  await mkdir(out, { recursive: true });
  await writeFile(join(out, "results.json"), `${JSON.stringify(run, null, 2)}\n`);
  await writeFile(join(out, "results.md"), reportMarkdown(run));
  console.error(`written: ${join(out, "results.md")} and results.json`);
}

function modeOf() {
  if (flags.only !== undefined) return `only ${flags.only}`;
  return flags.quick ? "quick" : flags.full ? "full" : "usual";
}

function chosen() {
  if (flags.only !== undefined) {
    return flags.only.split(",").map((id) => {
      const row = rows.find((one) => one.id === id.trim());
      if (row === undefined)
        throw new Error(`there is no row ${id}; the rows are ${rows.map((one) => one.id).join(", ")}`);
      return row;
    });
  }
  const parts = flags.quick ? ["quick"] : flags.full ? ["quick", "usual", "full"] : ["quick", "usual"];
  return rows.filter(({ when }) => parts.includes(when));
}

/** Measures one row in a folder of its own. What fails is told, and the other rows are measured all the same. */
async function measure(/** @type {import("./lib/row.mjs").Row} */ { id, title, bar = null, run: work }) {
  const folder = await mkdtemp(join(tmpdir(), "sei-bench-"));
  const from = performance.now();
  const said = { id, title, bar, repeat: `npm run bench -- --only ${id}${flags.full ? " --full" : ""}` };
  try {
    const env = { ...withoutSettings(process.env), PULUMI_HARNESS_SEI_CACHE: join(folder, "cache"), NO_COLOR: "1" };
    const context = {
      root,
      cli: join(root, "dist", "cli", "main.js"),
      folder,
      env,
      quick: flags.quick,
      full: flags.full,
    };
    const { lines, notes = [] } = await work({ ...context, log: (line) => console.error(`  ${line}`) });
    return { ...said, seconds: seconds(from), lines, notes };
  } catch (error) {
    const notHere = error instanceof NotHereError;
    if (!notHere) process.exitCode = 1;
    return {
      ...said,
      seconds: seconds(from),
      lines: [],
      notes: [`${notHere ? "Not here" : "Failed"}: ${error.message}`],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function seconds(/** @type {number} */ from) {
  return round((performance.now() - from) / 1000);
}

/** A benchmark must not depend on what somebody set for Pulumi or SEI, nor reach a real account. */
function withoutSettings(/** @type {NodeJS.ProcessEnv} */ env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(PULUMI|SEI|TF|OCTODNS)_/.test(name)));
}
