// Runs sei-roster as the inputs of the action say. Never fails because of what it finds: verdict.mjs does, at the end.
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { codeBlock } from "../shared/code-block.mjs";
import { cutToFit } from "../shared/cut-to-fit.mjs";
import { main, needed, optional } from "../shared/main.mjs";
import { withoutMarkers } from "../shared/marker.mjs";
import { RAN_FILE } from "../shared/report-body.mjs";
import { runRoster } from "../shared/roster-run.mjs";
import { addSummary, readEvent, setOutputs } from "./run-context.mjs";

/** @typedef {import("../shared/roster-run.mjs").Wanted} Wanted */
/** @typedef {import("../shared/roster-run.mjs").Ran} Ran */

/** A summary of a job takes a MiB; what is longer is refused as a whole. */
const MOST_SUMMARY = 500_000;

await main(async () => {
  const wanted = await wantedOf();
  const folder = await mkdtemp(join(needed("RUNNER_TEMP"), "sei-roster-"));
  const cwd = resolve(optional("SEI_CI_WORKING_DIRECTORY") || ".");
  const ran = isNew(wanted, cwd) ? await everythingIsNew(folder) : await quietly(wanted, folder, cwd);
  await writeFile(join(folder, RAN_FILE), JSON.stringify({ ...ran, command: wanted.command }));
  await addSummary(cutToFit(summaryOf(ran), MOST_SUMMARY));
  await setOutputs({
    "exit-code": String(ran.code),
    checksum: ran.checksum,
    changes: String(ran.changes),
    summary: ran.summary,
    "report-directory": folder,
  });
});

/** @returns {Promise<Wanted>} */
async function wantedOf() {
  const command = needed("SEI_CI_COMMAND", /^(plan|validate|drift|apply)$/);
  const mask = optional("SEI_CI_MASK_EMAILS") || "auto";
  if (!["auto", "true", "false"].includes(mask)) throw new Error("mask-emails is auto, true or false");
  return {
    command: /** @type {Wanted["command"]} */ (command),
    sources: needed("SEI_CI_SOURCE")
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
    against: optional("SEI_CI_AGAINST"),
    region: optional("SEI_CI_REGION"),
    endpoint: optional("SEI_CI_ENDPOINT"),
    account: optional("SEI_CI_ACCOUNT"),
    checksum: optional("SEI_CI_CHECKSUM"),
    backup: optional("SEI_CI_BACKUP"),
    audit: optional("SEI_CI_AUDIT"),
    failOn: optional("SEI_CI_FAIL_ON"),
    baseline: optional("SEI_CI_BASELINE"),
    asOf: optional("SEI_CI_AS_OF"),
    // What everybody can read names nobody, unless somebody wants it so.
    mask: mask === "auto" ? (await readEvent()).repository?.private !== true : mask === "true",
    findings: "github",
  };
}

/** The first roster of a repository has no other version to be compared with. */
function isNew(/** @type {Wanted} */ { command, against = "" }, /** @type {string} */ cwd) {
  return command === "plan" && against !== "" && !/[*?{[\n]/.test(against) && !existsSync(resolve(cwd, against));
}

/** @returns {Promise<Ran>} */
async function everythingIsNew(/** @type {string} */ folder) {
  const out = "there is no roster in the other version: everything here is new\n";
  process.stdout.write(out);
  await writeFile(join(folder, "report.txt"), out);
  return { code: 2, out, err: "", markdown: "", checksum: "", changes: 0, summary: "plan: everything is new" };
}

/** Runs it so that nothing which it prints is taken for a command of the runner; annotations are what validate is for. */
async function quietly(/** @type {Wanted} */ wanted, /** @type {string} */ folder, /** @type {string} */ cwd) {
  const cli = needed("SEI_CI_CLI");
  if (wanted.command === "validate") return runRoster(cli, wanted, { folder, cwd });
  const word = randomUUID();
  process.stdout.write(`::stop-commands::${word}\n`);
  try {
    return await runRoster(cli, wanted, { folder, cwd });
  } finally {
    process.stdout.write(`\n::${word}::\n`);
  }
}

/** What the page of the run shows. */
function summaryOf(/** @type {Ran} */ { markdown, out, err, code, summary }) {
  if (markdown !== "" && code !== 1) return withoutMarkers(markdown);
  return `### sei-roster ${summary}\n\n${codeBlock(`${out}${code === 1 || code === 3 ? err : ""}`)}`;
}
