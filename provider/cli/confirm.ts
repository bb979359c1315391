import { createInterface } from "node:readline/promises";
import type { Readable, Writable } from "node:stream";

/** Asks a question of somebody at a terminal; only `y` or `yes` is one. The end of the input is a no. */
export async function confirm(question: string, input: Readable, output: Writable): Promise<boolean> {
  // Not as a terminal of its own, so that Ctrl-C is a signal as everywhere else.
  const lines = createInterface({ input, output, terminal: false });
  const ended = new Promise<string>((resolve) => lines.once("close", () => resolve("")));
  try {
    return /^y(es)?$/i.test((await Promise.race([lines.question(`${question} [y/N] `), ended])).trim());
  } finally {
    lines.close();
  }
}
