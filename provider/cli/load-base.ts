import { stat } from "node:fs/promises";
import type { DesiredRoster } from "../roster/desired-roster.js";
import { EMPTY_ROSTER } from "../roster/desired-roster.js";
import type { SourceFlags } from "./plan-options.js";
import { loadSource } from "./plan-source.js";
import { say } from "./say.js";

/**
 * Loads the other version of a source. Where there is nothing yet, nobody was declared: a pull request may be the one
 * that begins the roster.
 *
 * @throws Error with every finding
 */
export async function loadBase(source: readonly string[], flags: SourceFlags): Promise<DesiredRoster> {
  if (source.length === 1 && (await isMissing(source[0] ?? ""))) {
    say(`there is no ${source[0]}: it is compared with a roster of nobody`);
    return EMPTY_ROSTER;
  }
  try {
    // Its warnings are those of a version that is on its way out.
    return (await loadSource(source, { ...flags, quiet: true })).roster;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`the version to compare with cannot be used: ${why}`);
  }
}

async function isMissing(path: string): Promise<boolean> {
  try {
    await stat(path);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" && !/[*?{[]/.test(path);
  }
}
