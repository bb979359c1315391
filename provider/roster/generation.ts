/**
 * Which of the two documented sets of v2 endpoints an account speaks: `v2` is the current one; `previous` is the one
 * before it, of accounts that have not moved.
 */
export type Generation = "v2" | "previous";

export const GENERATIONS: readonly Generation[] = ["v2", "previous"];

/** How to say which one it is, wherever this package is used: for messages. */
export function howToSet(generation: Generation): string {
  return `set generation: ${generation} (--generation ${generation}, SEI_GENERATION=${generation}, or \`pulumi config set harness-sei:generation ${generation}\`)`;
}
