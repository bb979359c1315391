import { readFile } from "node:fs/promises";
import writeFileAtomic from "write-file-atomic";
import { codeOf } from "../apply/private-file.js";
import { type AcceptedDrift, acceptedDrift, newDrift } from "../roster/accepted-drift.js";
import type { Plan } from "../roster/plan.js";
import { warningsOf } from "../roster/warnings.js";
import type { ShowFlags } from "./plan-options.js";
import { say } from "./say.js";

/**
 * Reads the accepted drift of a baseline file; a file that is not there accepts nothing.
 *
 * @returns null when there is no such file
 * @throws Error of one sentence when it is no baseline
 */
async function readBaseline(file: string): Promise<readonly AcceptedDrift[] | null> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw new Error(`the baseline ${file} cannot be read: ${codeOf(error)}`);
  }
  const accepted = acceptedIn(text);
  if (accepted === null) {
    throw new Error(`${file} is not a baseline of version 1; make it again with --accept`);
  }
  return accepted;
}

/**
 * Accepts a drift: writes it to a baseline.
 *
 * @returns how many differences it has
 */
export async function accept({ changes }: Plan, file: string): Promise<number> {
  const accepted = acceptedDrift(changes);
  await writeBaseline(file, accepted);
  return accepted.length;
}

/**
 * Takes what a baseline accepts out of a drift, and says on stderr how much that is.
 *
 * @throws Error when there is no such file: a wrong path would make accepted drift new
 */
export async function withoutBaseline(
  plan: Plan,
  file: string,
  { quiet }: Pick<ShowFlags, "quiet">,
): Promise<{ readonly plan: Plan; readonly accepted: number }> {
  const baseline = await readBaseline(file);
  if (baseline === null) throw new Error(`there is no baseline ${file}: make it with --accept`);
  const { changes, accepted, gone } = newDrift(plan.changes, baseline);
  if (accepted > 0 && quiet !== true) say(`note: ${accepted} accepted in ${file}, not shown`);
  if (gone.length > 0 && quiet !== true) {
    say(`note: ${gone.length} accepted in ${file}, and no difference any more: write it again with --accept`);
  }
  return { plan: { ...plan, changes, warnings: warningsOf(changes) }, accepted };
}

/** Writes a baseline: a line for each difference, so that a review shows what is accepted and what no longer is. */
async function writeBaseline(file: string, accepted: readonly AcceptedDrift[]): Promise<void> {
  const lines = accepted.map((one) => `    ${JSON.stringify(one)}`);
  const list = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`;
  try {
    await writeFileAtomic(file, `{\n  "version": 1,\n  "accepted": ${list}\n}\n`);
  } catch (error) {
    throw new Error(`the baseline cannot be written to ${file}: ${codeOf(error)}`);
  }
}

function acceptedIn(text: string): readonly AcceptedDrift[] | null {
  try {
    const read = JSON.parse(text) as { readonly version?: unknown; readonly accepted?: unknown } | null;
    if (read?.version !== 1 || !Array.isArray(read.accepted)) return null;
    return read.accepted.every(isAccepted) ? read.accepted : null;
  } catch {
    return null;
  }
}

function isAccepted(entry: unknown): entry is AcceptedDrift {
  return entry !== null && typeof entry === "object" && "kind" in entry && typeof entry.kind === "string";
}
