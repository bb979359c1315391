/** Says something that is no data: a line on stderr. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Writes lines of data to stdout. */
export function print(lines: readonly string[]): void {
  if (lines.length > 0) process.stdout.write(`${lines.join("\n")}\n`);
}
