/** @typedef {{ id: string, title: string, bar: string | null, repeat: string, seconds: number, lines: readonly Readonly<Record<string, string | number>>[], notes: readonly string[] }} Result */

/** A result as Markdown: a heading, a table, notes, and the command that repeats it. */
export function resultMarkdown(/** @type {Result} */ { title, bar, repeat, lines, notes }) {
  const columns = [...new Set(lines.flatMap((line) => Object.keys(line)))];
  const table = [
    tableLine(columns),
    tableLine(columns.map((column) => (lines.some((line) => typeof line[column] === "number") ? "---:" : "---"))),
    ...lines.map((line) => tableLine(columns.map((column) => cell(line[column])))),
  ];
  return [
    `## ${title}`,
    ...(bar === null ? [] : ["", `Bar: ${bar}.`]),
    ...(lines.length === 0 ? [] : ["", ...table]),
    ...notes.flatMap((note) => ["", note]),
    "",
    `Again: \`${repeat}\``,
    "",
  ].join("\n");
}

/** All results, with the machine they were taken on. */
export function reportMarkdown(/** @type {{ machine: any, mode: string, results: readonly Result[] }} */ run) {
  const { processors, processor, memoryGiB, loadAverage, system, node, versions } = run.machine;
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    "# Benchmarks",
    "",
    `${processors} x ${processor}, ${memoryGiB} GiB, ${system}; load average at the start ${loadAverage.join(", ")} (above ${(processors / 4).toFixed(1)}, trust the ratios more than the times, and neither much).`,
    `Node ${node}, ${packages.join(", ")}. Mode: ${run.mode}. The same as JSON: results.json.`,
    "",
    ...run.results.map(resultMarkdown),
  ].join("\n");
}

function tableLine(/** @type {readonly string[]} */ cells) {
  return `| ${cells.join(" | ")} |`;
}

function cell(/** @type {string | number | undefined} */ value) {
  if (typeof value !== "number") return value ?? "";
  return Math.abs(value) >= 1000 ? Math.round(value).toLocaleString("en-US") : String(value);
}
