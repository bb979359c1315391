import { showEmail } from "./people.js";

const ADDRESS = /[^\s"'`<>()[\]{},;:=|]+@[^\s"'`<>()[\]{},;:=|@]+/gu;

/**
 * A text in which no address is left to read, whoever wrote it.
 *
 * @example
 * maskText("ada@example.com reports to eve@example.com"); // "a***@example.com reports to e***@example.com"
 */
export function maskText(text: string): string {
  return text.replace(ADDRESS, (address) => showEmail(address, "masked"));
}
