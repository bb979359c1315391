/** Of a long report the first and the last lines are told. */
const FIRST = 8;
const LAST = 3;

/**
 * What a reader wants of what `pulumi` prints: the provider's messages, and the count of resources. The tree of
 * resources and the progress are left out.
 *
 * @param {string} output
 * @returns {readonly string[]}
 */
export function messagesOf(output) {
  const lines = output.split("\n").map((line) => line.trimEnd());
  const said = section(lines, "Diagnostics:")
    .filter((line) => line.startsWith("    "))
    .map((line) => line.slice(4));
  const counts = section(lines, "Resources:").map((line) => line.trim());
  const more = said.length - FIRST - LAST;
  return [
    ...(more <= 1 ? said : [...said.slice(0, FIRST), `  … ${more} more lines …`, ...said.slice(-LAST)]),
    `Pulumi's resources: ${counts.join(", ")}`,
  ];
}

/** The indented lines below a heading that starts at the margin. */
function section(/** @type {readonly string[]} */ lines, /** @type {string} */ heading) {
  const start = lines.indexOf(heading);
  if (start < 0) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line !== "" && !line.startsWith(" "));
  return (end < 0 ? rest : rest.slice(0, end)).filter((line) => line !== "");
}
