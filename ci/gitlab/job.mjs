// What a job of GitLab says about itself, and sei-roster run in it.
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { needed, optional } from "../shared/main.mjs";
import { runRoster } from "../shared/roster-run.mjs";

/** @typedef {import("../shared/roster-run.mjs").Wanted} Wanted */

const OWN = join(fileURLToPath(import.meta.url), "..", "..", "..", "dist", "cli", "main.js");

/**
 * The lines of a variable that holds several values.
 *
 * @returns {readonly string[]}
 */
export function linesOf(/** @type {string} */ text) {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/**
 * Runs a command of sei-roster as the variables of the job say. Reports are left in `sei-roster-report/`.
 *
 * @param {Wanted["command"]} command
 * @param {Partial<Wanted>} [more]
 * @returns {Promise<import("../shared/roster-run.mjs").Ran>}
 */
export async function runJob(command, more = {}) {
  const cwd = optional("CI_PROJECT_DIR") || ".";
  const folder = resolve(cwd, "sei-roster-report");
  await mkdir(folder, { recursive: true });
  const mask = optional("SEI_ROSTER_MASK_EMAILS") || "auto";
  if (!["auto", "true", "false"].includes(mask)) throw new Error("SEI_ROSTER_MASK_EMAILS is auto, true or false");
  const wanted = {
    command,
    sources: linesOf(needed("SEI_ROSTER_SOURCE")),
    // What everybody can read names nobody, unless somebody wants it so.
    mask: mask === "auto" ? optional("CI_PROJECT_VISIBILITY") !== "private" : mask === "true",
    failOn: optional("SEI_ROSTER_FAIL_ON"),
    baseline: optional("SEI_ROSTER_BASELINE"),
    ...more,
  };
  return runRoster(optional("SEI_CI_CLI") || OWN, wanted, { folder, cwd });
}

/** The run as markers hold it, its address, and which roster of the project it is about. A job that is retried has a larger id. */
export function thisJob() {
  return {
    run: `${needed("CI_JOB_ID", /^\d{1,15}$/)}.1`,
    runUrl: needed("CI_JOB_URL", /^https?:\/\/[\w.:/~%-]+$/),
    name: optional("SEI_ROSTER_NAME") || "default",
  };
}
