import { printable } from "../roster/shown.js";
import type { OnParsing } from "../source/load-options.js";
import { progressOnStderr } from "./progress-on-stderr.js";

/** Loads something, and shows on stderr how much of a large file is parsed. */
export async function whileParsing<T>(quiet: boolean, load: (onParsing: OnParsing) => Promise<T>): Promise<T> {
  const progress = progressOnStderr(quiet);
  try {
    return await load((file, share) => progress.parsing(printable(file), share));
  } finally {
    progress.end();
  }
}
