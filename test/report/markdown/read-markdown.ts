/** The text of a code span or of words beside code spans, as CommonMark reads it: code spans first, then the rest. */
export interface Inline {
  /** What a reader sees. */
  readonly text: string;
  /** Everything outside of code spans. */
  readonly outside: string;
}

/** Reads inline Markdown of nothing but words and code spans; `CommonMark 0.31, 6.1`. */
export function readInline(markdown: string): Inline {
  let text = "";
  let outside = "";
  let rest = markdown;
  while (rest !== "") {
    const [open = ""] = /^`+/.exec(rest) ?? [];
    if (open === "") {
      const [words = ""] = /^[^`]+/.exec(rest) ?? [];
      text += words;
      outside += words;
      rest = rest.slice(words.length);
      continue;
    }
    const after = rest.slice(open.length);
    const close = [...after.matchAll(/`+/g)].find(([run]) => run.length === open.length);
    if (close === undefined) throw new Error(`a code span that never closes: ${rest}`);
    const content = after.slice(0, close.index);
    const padded = /^ .* $/s.test(content) && content.trim() !== "";
    text += padded ? content.slice(1, -1) : content;
    outside += "§";
    rest = after.slice(close.index + open.length);
  }
  return { text, outside };
}

/** The cells of a row of a table, as GFM splits it: pipes with a backslash before them split nothing. */
export function readRow(line: string): readonly string[] {
  const cells = line.replace(/^\| | \|$/g, "").split(/(?<!\\)\|/);
  return cells.map((cell) => cell.trim().replaceAll("\\|", "|"));
}
