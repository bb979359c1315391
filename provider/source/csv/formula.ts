/** How a formula begins. A tab or a carriage return makes some programs look at what follows. */
const BEGINS = "=+-@\t\r";

/** `-3`, `+49 30 123`, `-5,5 %`; and a dash that stands for nothing. */
const PLAIN_NUMBER = /^[+-][-\d\s.,()/%]*$/;

/**
 * Whether a spreadsheet would run the text of a cell.
 *
 * @example
 * isFormula("=1+1"); // true
 * isFormula("+49 30 123"); // false
 */
export function isFormula(text: string): boolean {
  return text !== "" && BEGINS.includes(text.charAt(0)) && !PLAIN_NUMBER.test(text);
}
