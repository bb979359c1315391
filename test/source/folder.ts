import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { InvalidSourceError, type LoadedRoster, loadRoster } from "../../provider/source/load-roster.js";

/** The day that tests live on. */
export const TODAY = "2026-11-21";

const made: string[] = [];

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A temporary folder with these files, removed after the tests of the file. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "sei-source-")));
  made.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Loads one YAML text. */
export function loadText(text: string | Uint8Array): Promise<LoadedRoster> {
  return loadRoster("roster.yaml", { asOf: TODAY, cwd: folderWith({ "roster.yaml": text }) });
}

/** What is wrong with a source; fails when nothing is. */
export async function refusal(loading: Promise<LoadedRoster>): Promise<InvalidSourceError> {
  try {
    await loading;
  } catch (error) {
    if (error instanceof InvalidSourceError) return error;
    throw error;
  }
  throw new Error("the source was taken, and should have been refused");
}

/** The rules of what is wrong with one YAML text; none when it is valid. */
export async function rulesOf(text: string | Uint8Array): Promise<readonly string[]> {
  try {
    await loadText(text);
    return [];
  } catch (error) {
    if (error instanceof InvalidSourceError) return error.findings.map(({ rule }) => rule);
    throw error;
  }
}
