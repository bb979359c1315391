import { readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { cacheFolder } from "../apply/cache-folder.js";
import { makePrivateFolder, writePrivateFile } from "../apply/private-file.js";
import { planLines } from "../report/text.js";
import type { Plan } from "../roster/plan.js";
import { print } from "./print.js";
import type { Settings } from "./settings.js";

/** A preview is looked at and answered within this time. */
const FRESH_MS = 60 * 60 * 1000;

/** What the program of a run is for: `pulumi preview`, and the preview of `pulumi up`, change nothing. */
export type Phase = "preview" | "update";

/**
 * Hands the phase from the program, which knows it, to the provider, which is another process and is not told. It only
 * decides how much is printed, so a file that cannot be written is no error.
 */
export async function announcePhase(fingerprint: string, phase: Phase): Promise<void> {
  await keep(fileOf(fingerprint, "phase"), phase);
}

/**
 * Prints a plan: whole in a preview, and in an update only when no preview has shown this very plan before, else in a
 * line.
 */
export async function showPlan(plan: Plan, fingerprint: string, { people }: Pick<Settings, "people">): Promise<void> {
  const lines = planLines(plan, { people });
  if ((await kept(fileOf(fingerprint, "phase"))) !== "update") {
    print(lines);
    await keep(fileOf(fingerprint, "shown"), JSON.stringify({ checksum: plan.checksum, time: Date.now() }));
    return;
  }
  const shown = await kept(fileOf(fingerprint, "shown"));
  print(shown !== null && isSame(shown, plan.checksum) ? [`${lines[0]}, as previewed`] : lines);
  await rm(fileOf(fingerprint, "shown"), { force: true }).catch(() => undefined);
}

function isSame(shown: string, checksum: string): boolean {
  try {
    const read = JSON.parse(shown) as { readonly checksum?: unknown; readonly time?: unknown };
    return read.checksum === checksum && typeof read.time === "number" && Date.now() - read.time < FRESH_MS;
  } catch {
    return false;
  }
}

/** Beside the rosters, which are removed when nobody has used them for a while. */
function fileOf(fingerprint: string, what: "phase" | "shown"): string {
  return join(cacheFolder(), "rosters", `${fingerprint}.${what}`);
}

async function keep(file: string, text: string): Promise<void> {
  try {
    await makePrivateFolder(dirname(file));
    await writePrivateFile(file, text);
  } catch {
    // The plan is printed once more, then.
  }
}

async function kept(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch {
    return null;
  }
}
