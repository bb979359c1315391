/** The beginning of the line of an offset. */
export function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** The offset after the newline that ends the line of an offset. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset);
  return newline < 0 ? text.length : newline + 1;
}

/** A line without the spaces and tabs at its end. A regular expression would be quadratic here. */
export function trimmedLine(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === " " || line[end - 1] === "\t")) end--;
  return line.slice(0, end);
}

/** Whole lines, each without the spaces and tabs at its end. */
export function trimmedLines(text: string): string {
  return text.split("\n").map(trimmedLine).join("\n");
}

/** Whole lines, the last one without the spaces and tabs at its end. */
export function trimmedAtEnd(text: string): string {
  return text.endsWith("\n") ? `${trimmedLine(text.slice(0, -1))}\n` : trimmedLine(text);
}
