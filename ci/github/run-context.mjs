// What the runner says about this run.
import { randomUUID } from "node:crypto";
import { appendFile, readFile } from "node:fs/promises";
import { needed, optional } from "../shared/main.mjs";

/** The event of the run, from GITHUB_EVENT_PATH. */
export async function readEvent() {
  return JSON.parse(await readFile(needed("GITHUB_EVENT_PATH"), "utf8"));
}

/** `<id>.<attempt>`, as markers hold it, and the address of the run. */
export function thisRun() {
  const id = needed("GITHUB_RUN_ID", /^\d+$/);
  const url = `${needed("GITHUB_SERVER_URL", /^https?:\/\/[\w.:-]+$/)}/${needed("GITHUB_REPOSITORY")}/actions/runs/${id}`;
  return { run: `${id}.${optional("GITHUB_RUN_ATTEMPT") || "1"}`, runUrl: url };
}

/** Which roster of the repository it is about. */
export function rosterName() {
  return optional("SEI_CI_NAME") || "default";
}

/** Sets outputs of the step. Behind a random word, so that no value can set another one. */
export async function setOutputs(/** @type {Readonly<Record<string, string>>} */ outputs) {
  const file = needed("GITHUB_OUTPUT");
  for (const [name, value] of Object.entries(outputs)) {
    const end = randomUUID();
    await appendFile(file, `${name}<<${end}\n${value}\n${end}\n`);
  }
}

/** Adds Markdown to the summary of the job, which takes a MiB. */
export async function addSummary(/** @type {string} */ markdown) {
  const file = optional("GITHUB_STEP_SUMMARY");
  if (file !== "") await appendFile(file, `${markdown}\n`);
}
