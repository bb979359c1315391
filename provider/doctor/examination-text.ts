import { maskText } from "../report/mask-text.js";
import { oneLine, type People } from "../report/people.js";
import { CHECK_NAMES, type Check, STATUSES } from "./check.js";
import type { Examination } from "./examine.js";

const WIDTH_OF_STATUS = Math.max(...STATUSES.map((status) => status.length)) + 2;
const WIDTH_OF_NAME = Math.max(...CHECK_NAMES.map((name) => name.length)) + 2;
const INDENT = " ".repeat(WIDTH_OF_STATUS + WIDTH_OF_NAME);

/** An examination as text: a line for each check, what to do under it, and the sum at the end. */
export function examinationLines({ checks }: Examination, people: Exclude<People, "none">): readonly string[] {
  const shown = (text: string) => oneLine(people === "masked" ? maskText(text) : text);
  return [...checks.flatMap((check) => linesOf(check, shown)), "", sumOf(checks)];
}

function linesOf({ status, name, says, todo, details }: Check, shown: (text: string) => string): readonly string[] {
  return [
    `${status.padEnd(WIDTH_OF_STATUS)}${name.padEnd(WIDTH_OF_NAME)}${shown(says)}`,
    ...(details ?? []).map((line) => `${INDENT}${shown(line)}`),
    ...(todo === undefined || todo === "" ? [] : [`${INDENT}-> ${shown(todo)}`]),
  ];
}

/** `9 ok, 1 warning, 0 problems, 2 unknown`. */
function sumOf(checks: readonly Check[]): string {
  return STATUSES.map((status) => {
    const count = checks.filter((check) => check.status === status).length;
    const plural = count !== 1 && (status === "warning" || status === "problem") ? "s" : "";
    return `${count} ${status}${plural}`;
  }).join(", ");
}
