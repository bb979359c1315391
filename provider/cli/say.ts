let before: () => void = () => {};

/** What happens before any line is written: a progress bar on the terminal makes room for it. */
export function beforeLines(action: () => void): void {
  before = action;
}

/** Says something that is no data: a line on stderr. */
export function say(text: string): void {
  before();
  process.stderr.write(`${text}\n`);
}

/** Writes lines of data to stdout. */
export function print(lines: readonly string[]): void {
  if (lines.length === 0) return;
  before();
  process.stdout.write(`${lines.join("\n")}\n`);
}
