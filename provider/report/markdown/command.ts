import { bytesOf } from "./bytes.js";
import { visible } from "./visible.js";

/** A longer command is no help to anybody. */
const MOST_BYTES = 2_000;

/**
 * A command as a shell takes it; null when it can't be shown as it is, or would be too long.
 *
 * @example
 * commandText(["sei-roster", "apply", "my roster/"]); // "sei-roster apply 'my roster/'"
 */
export function commandText(command: readonly string[]): string | null {
  const words = command.map((word) => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`));
  const text = words.join(" ");
  const asItIs = command.every((word) => visible(`-${word}-`) === `-${word}-`) && !/```|<!/.test(text);
  return asItIs && bytesOf(text) <= MOST_BYTES ? text : null;
}
