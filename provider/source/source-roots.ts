import { realpath } from "node:fs/promises";
import { resolve, sep } from "node:path";

/** What the files of a source must lie in, after every link is followed. */
export interface SourceRoots {
  /** @param real a path without links in it */
  hold(real: string): boolean;
}

/**
 * The roots of a source: each file and folder that it names, and the folder that each glob begins in. Whoever names a
 * link means what it leads to.
 *
 * @example
 * (await sourceRoots(["teams/*.yaml"], "/repo")).hold("/repo/teams/a.yaml"); // true
 */
export async function sourceRoots(entries: readonly string[], cwd: string): Promise<SourceRoots> {
  const real = await Promise.all(entries.map((entry) => rootOf(entry, cwd)));
  const roots = real.flat();
  return { hold: (path) => roots.some((root) => path === root || path.startsWith(folder(root))) };
}

/** Nothing for what is not there, which is said elsewhere. */
async function rootOf(entry: string, cwd: string): Promise<readonly string[]> {
  try {
    return [await realpath(resolve(cwd, entry))];
  } catch {
    return realpath(resolve(cwd, await beginningOf(entry))).then(
      (root) => [root],
      () => [],
    );
  }
}

/** The part of a glob that is no pattern; its slashes are the same on every system. */
async function beginningOf(glob: string): Promise<string> {
  const { isDynamicPattern } = await import("tinyglobby");
  const steps = glob.split("/");
  const pattern = steps.findIndex((step) => isDynamicPattern(step) || step.includes("\\"));
  return `${steps.slice(0, pattern === -1 ? steps.length : pattern).join("/")}/`;
}

function folder(root: string): string {
  return root.endsWith(sep) ? root : `${root}${sep}`;
}
