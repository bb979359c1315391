// How long it takes to load and check a roster, against the time that the parser alone takes for the same text.
// Needs dist/ (npm run build). Prints a Markdown table.
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parse as parseCsv } from "csv-parse/sync";
import { parse as parseYaml } from "yaml";

const require = createRequire(import.meta.url);
const { loadRoster } = require("../../dist/source/load-roster.js");

const RUNS = 5;
const TODAY = "2026-11-21";

/** Reports to somebody before them, eight to a manager. */
const emailOf = (at) => `person.${at}@example.com`;
const managerOf = (at) => (at === 0 ? "" : emailOf(Math.floor((at - 1) / 8)));

function csvOf(count) {
  const rows = Array.from(
    { length: count },
    (_, at) =>
      `Person Number ${at},${emailOf(at)},${managerOf(at)},Engineer ${at % 7},Team ${at % 300},Site ${at % 12}\n`,
  );
  return `Name,Email,Manager Email,Role,Team,Site\n${rows.join("")}`;
}

function yamlOf(count) {
  const people = Array.from(
    { length: count },
    (_, at) =>
      `  ${emailOf(at)}:\n    name: Person Number ${at}\n    manager: ${managerOf(at) || "null"}\n` +
      `    Role: Engineer ${at % 7}\n    Team: Team ${at % 300}\n    Site: Site ${at % 12}\n`,
  );
  return `version: 1\ndevelopers:\n${people.join("")}`;
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

async function timed(work) {
  // Else one side would collect what the other one left.
  collect();
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];

/** Takes turns, so that a slow moment of the machine meets both. The first round warms up and does not count. */
async function compare(folder, { name, file, count, text, parser, parse, bar }) {
  writeFileSync(join(folder, file), text);
  const alone = [];
  const whole = [];
  for (let run = 0; run <= RUNS; run++) {
    const parsing = await timed(() => parse(text));
    const loading = await timed(async () => {
      const { roster } = await loadRoster(file, { asOf: TODAY, cwd: folder });
      if (roster.developers.size !== count) throw new Error(`${roster.developers.size} developers, not ${count}`);
    });
    if (run === 0) continue;
    alone.push(parsing);
    whole.push(loading);
  }
  const ratio = median(whole) / median(alone);
  const size = `${(statSync(join(folder, file)).size / 1024 / 1024).toFixed(1)} MiB`;
  const [a, b] = [median(alone), median(whole)].map((time) => `${Math.round(time)} ms`);
  return `| ${name}, ${size} | ${parser}: ${a} | ${b} | ${ratio.toFixed(2)} | ${bar.toFixed(1)} |`;
}

const folder = mkdtempSync(join(tmpdir(), "sei-bench-"));
try {
  const versions = ["csv-parse", "yaml"].map((name) => {
    const main = require.resolve(name);
    const root = main.slice(0, main.lastIndexOf(join("node_modules", name)) + join("node_modules", name).length);
    return `${name} ${require(join(root, "package.json")).version}`;
  });
  console.log(`| source | parser alone | loadRoster | ratio | bar |\n|---|---|---|---|---|`);
  console.log(
    await compare(folder, {
      name: "CSV, 100,000 developers",
      file: "people.csv",
      count: 100_000,
      text: csvOf(100_000),
      parser: "csv-parse",
      parse: (text) => parseCsv(text),
      bar: 2,
    }),
  );
  console.log(
    await compare(folder, {
      name: "YAML, 10,000 developers",
      file: "people.yaml",
      count: 10_000,
      text: yamlOf(10_000),
      parser: "yaml",
      // As the loader does, which compares keys itself: else the parser compares every key with every other.
      parse: (text) => parseYaml(text, { uniqueKeys: false }),
      bar: 1.5,
    }),
  );
  const processors = cpus();
  console.log(
    `\nMedian of ${RUNS} runs that take turns. Node ${process.versions.node}, ${versions.join(", ")}; ` +
      `${processors.length} x ${processors[0]?.model.trim() ?? "unknown processor"}, ${process.platform} ${process.arch}.`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
