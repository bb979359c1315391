import type { Day } from "../../roster/day.js";
import { byText } from "../../roster/strings.js";
import { counted } from "../counted.js";
import type { Finding } from "../finding.js";
import type { SourceOptions } from "../load-options.js";
import { InvalidSourceError, loadRoster } from "../load-roster.js";

/** What a look at a source found. */
export interface Validation {
  /** The day that dates were compared with. */
  readonly asOf: Day;
  /** Whether there is no error; warnings do not count. */
  readonly valid: boolean;
  /** The files that were read, relative to the working directory and sorted. */
  readonly files: readonly string[];
  /** How many developers the source declares; null when it is not valid, for then nobody knows. */
  readonly developers: number | null;
  /** Errors and warnings, sorted by place. */
  readonly findings: readonly Finding[];
  /** The text of each file, by its name in a place. */
  readonly sources: ReadonlyMap<string, string>;
}

/**
 * Looks at a source as a reviewer does. What is wrong with it is the result and no error.
 *
 * @example
 * const { valid, findings } = await validateSource(["roster/"], { asOf: "2026-12-01" });
 */
export async function validateSource(
  source: readonly string[],
  options: Omit<SourceOptions, "review">,
): Promise<Validation> {
  const { asOf } = options;
  try {
    const { roster, files, warnings, sources } = await loadRoster(source, { ...options, review: true });
    return { asOf, valid: true, files, developers: roster.developers.size, findings: warnings, sources };
  } catch (error) {
    if (!(error instanceof InvalidSourceError)) throw error;
    const { findings, sources } = error;
    return { asOf, valid: false, files: [...sources.keys()].sort(byText), developers: null, findings, sources };
  }
}

/** How many findings are an error, and how many a warning. */
export function countsOf(findings: readonly Finding[]): { readonly errors: number; readonly warnings: number } {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return { errors, warnings: findings.length - errors };
}

/** `valid: 42 developers in 3 files, as of 2026-11-21`. */
export function validLine({ developers, files, asOf }: Validation): string {
  return `valid: ${counted(developers ?? 0, "developer")} in ${counted(files.length, "file")}, as of ${asOf}`;
}
