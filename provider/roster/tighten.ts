import type { GuardSettings, Limit, Prune } from "./policy.js";

/** An argument or a flag would allow more than the source, which is what reviewers see. */
export class LooserError extends Error {
  override readonly name = "LooserError";
}

const PRUNE_ORDER: readonly Prune[] = ["none", "managed", "all"];

/**
 * The prune mode, where the source and an argument may both say one. The argument may only delete less.
 *
 * @throws LooserError
 * @example
 * tightenPrune("all", "managed", "none"); // "managed"
 */
export function tightenPrune(source: Prune | undefined, argument: Prune | undefined, standard: Prune): Prune {
  if (argument === undefined) return source ?? standard;
  if (source !== undefined && PRUNE_ORDER.indexOf(argument) > PRUNE_ORDER.indexOf(source)) {
    throw new LooserError(
      `prune: ${argument} would delete more than the source allows (prune: ${source}). Change the source`,
    );
  }
  return argument;
}

/**
 * The guards, where the source and an argument may both set some. The argument may only be stricter.
 *
 * @throws LooserError
 */
export function tightenGuards(source: GuardSettings, argument: GuardSettings): GuardSettings {
  const tight: Record<string, unknown> = { ...source };
  for (const name of ["maxDelete", "maxUpdate", "maxBlank", "maxManagerChange", "maxIdentityMove"] as const) {
    const limit = argument[name];
    if (limit === undefined) continue;
    const written = source[name];
    if (written !== undefined && !isAtMost(limit, written)) {
      throw new LooserError(`guards.${name}: ${limit} is not stricter than the source's ${written}. Change the source`);
    }
    tight[name] = limit;
  }
  const least = argument.minDevelopers;
  if (least !== undefined) {
    if (source.minDevelopers !== undefined && least < source.minDevelopers) {
      throw new LooserError(
        `guards.minDevelopers: ${least} is less than the source's ${source.minDevelopers}. Change the source`,
      );
    }
    tight["minDevelopers"] = least;
  }
  const protect = [...new Set([...(source.protect ?? []), ...(argument.protect ?? [])])].sort();
  return { ...tight, ...(protect.length === 0 ? {} : { protect }) };
}

/** A count and a share cannot be compared before the roster is known, so they must be of one kind. */
function isAtMost(limit: Limit, other: Limit): boolean {
  return typeof limit === typeof other && Number.parseFloat(String(limit)) <= Number.parseFloat(String(other));
}
