/** `=`, `+`, `-`, `@`, and the wide signs that some spreadsheets take for them. */
const SIGNS = "=+-@＝＋－＠";

/** Some programs look at what follows a tab or a line end. */
const SKIPPED = "\t\r\n";

/** `-3`, `+49 30 123`, `-5,5 %`; and a dash that stands for nothing. */
const PLAIN_NUMBER = /^[+\-＋－][-\d\s.,()/%]*$/;

/**
 * Whether a spreadsheet would run the text of a cell.
 *
 * @example
 * isFormula("=1+1"); // true
 * isFormula("+49 30 123"); // false
 */
export function isFormula(text: string): boolean {
  const first = text.charCodeAt(0);
  // Nearly every cell begins with a letter, and there are hundreds of thousands of them.
  if (Number.isNaN(first) || (first > 0x40 && first < 0xff00)) return false;
  const seen = SKIPPED.includes(text.charAt(0)) ? text.trimStart() : text;
  return seen !== "" && SIGNS.includes(seen.charAt(0)) && !PLAIN_NUMBER.test(seen);
}
