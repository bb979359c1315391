/**
 * Prints lines into the engine's diagnostics. The host makes one message of one write, and `pulumi` indents its lines
 * under the stack, so a report is written at once.
 */
export function print(lines: readonly string[]): void {
  if (lines.length > 0) console.log(lines.join("\n"));
}
