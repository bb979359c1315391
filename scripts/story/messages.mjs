/**
 * What a reader wants of what `pulumi` prints: the provider's messages and the summary, without the resource tree and
 * the links.
 *
 * @param {string} output
 * @returns {readonly string[]}
 */
export function messagesOf(output) {
  return output
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== "");
}
