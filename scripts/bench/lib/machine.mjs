import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";

const require = createRequire(import.meta.url);

/** What the numbers were taken on. The load is the one before the first row: above a fraction of a core, distrust times. */
export function machine() {
  const processors = cpus();
  return {
    processors: processors.length,
    processor: processors[0]?.model.trim() ?? "unknown",
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    loadAverage: loadavg().map((load) => Math.round(load * 100) / 100),
    system: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    versions: Object.fromEntries(["yaml", "csv-parse", "ajv", "@pulumi/pulumi"].map((name) => [name, versionOf(name)])),
  };
}

/** The version of a package that is installed here. Its package.json may not be exported, so it is looked for. */
function versionOf(/** @type {string} */ name) {
  const main = require.resolve(name);
  const root = main.slice(0, main.lastIndexOf(join("node_modules", name)) + join("node_modules", name).length);
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version;
}
