import { shareOut } from "./share-out.js";

/** How the lines of a sign are counted. Who leaves comes first: of them a reviewer wants to know most. */
const WORDS: readonly (readonly [sign: string, words: string])[] = [
  ["-", "who leave"],
  [">", "who are renamed"],
  ["~", "who change"],
  ["+", "who join"],
];

/**
 * At most so many lines of developers, in their order: each kind has its share, so that few who leave are never hidden by
 * many who join. The last line counts the others.
 *
 * @example
 * cutLines(["+ a", "+ b", "- c"], 2); // ["+ a", "- c", "… and 1 more: 1 who join (`sei-roster plan --all` shows everybody)"]
 */
export function cutLines(lines: readonly string[], most: number): readonly string[] {
  if (lines.length <= most) return lines;
  const counts = WORDS.map(([sign]) => lines.filter((line) => line.startsWith(sign)).length);
  const shares = new Map(shareOut(counts, most).map((share, at) => [WORDS[at]?.[0] ?? "", share]));
  const shown = lines.filter((line) => {
    const sign = line.slice(0, 1);
    const left = shares.get(sign) ?? 0;
    shares.set(sign, left - 1);
    return left > 0;
  });
  const hidden = WORDS.flatMap(([sign, words], at) => {
    const count = (counts[at] ?? 0) - shown.filter((line) => line.startsWith(sign)).length;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  const rest = lines.length - shown.length;
  return [...shown, `… and ${rest} more: ${hidden.join(", ")} (\`sei-roster plan --all\` shows everybody)`];
}
