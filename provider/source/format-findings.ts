import { codeFrame, linesOf } from "./code-frame.js";
import { counted } from "./counted.js";
import type { Finding } from "./finding.js";
import { printable } from "./show.js";

/** How findings are shown. */
export interface FindingFormat {
  /** The text of each file, by its name in a place; a file that is not here is shown without its lines. */
  readonly sources: ReadonlyMap<string, string>;
  /** At most so many are shown, errors before warnings; the last line counts all. Default: 500. */
  readonly limit?: number;
}

/**
 * Findings as text: `file:line:column  rule  message`, the line with a caret, the hint, and the count at the end.
 *
 * @example
 * formatFindings(findings, { sources });
 * // roster/a.yaml:4:14  INVALID_EMAIL  manager must be an email address, or null for nobody; it is "grace"
 * //   4 |     manager: grace
 * //     |              ^
 * //
 * // 1 problem in 1 file
 */
export function formatFindings(findings: readonly Finding[], { sources, limit = 500 }: FindingFormat): string {
  const lines = new Map<string, readonly string[]>();
  const linesOfFile = (file: string): readonly string[] => {
    const known = lines.get(file) ?? linesOf(sources.get(file) ?? "");
    lines.set(file, known);
    return known;
  };
  const shown = mostImportant(findings, limit).map((finding) => one(finding, sources, linesOfFile));
  return [...shown, lastLine(findings, limit)].join("\n\n");
}

/** A thousand warnings never hide an error. The order stays. */
function mostImportant(findings: readonly Finding[], limit: number): readonly Finding[] {
  if (findings.length <= limit) return findings;
  const rank = ({ severity }: Finding): number => (severity === "error" ? 0 : 1);
  const kept = new Set([...findings].sort((a, b) => rank(a) - rank(b)).slice(0, limit));
  return findings.filter((finding) => kept.has(finding));
}

function one(
  { severity, place, rule, message, hint }: Finding,
  sources: ReadonlyMap<string, string>,
  linesOfFile: (file: string) => readonly string[],
): string {
  // Paths and addresses are somebody's text: none of them may move the cursor or begin a line of its own.
  const says = `${severity === "warning" ? "warning " : ""}${rule}  ${printable(message)}`;
  const parts = [place === null ? says : `${printable(place.file)}:${place.line}:${place.column}  ${says}`];
  if (place !== null && sources.has(place.file)) {
    const frame = codeFrame(linesOfFile(place.file), place);
    if (frame !== null) parts.push(frame);
  }
  if (hint !== undefined) parts.push(`  hint: ${printable(hint)}`);
  return parts.join("\n");
}

const NO_FILE = ["FILE_NOT_FOUND", "NO_FILES"];

function lastLine(findings: readonly Finding[], limit: number): string {
  const files = new Set(findings.flatMap(({ place }) => (place === null ? [] : [place.file])));
  // What is not there is no file.
  const thing = findings.some(({ rule }) => NO_FILE.includes(rule)) ? "path" : "file";
  const where = files.size === 0 ? "" : ` in ${counted(files.size, thing)}`;
  const hidden = findings.length > limit ? `, the first ${limit} shown` : "";
  return `${countsOf(findings)}${where}${hidden}`;
}

/** `2 problems`, `1 warning` or `2 problems and 1 warning`. */
function countsOf(findings: readonly Finding[]): string {
  const warnings = findings.filter(({ severity }) => severity === "warning").length;
  const problems = findings.length - warnings;
  if (warnings === 0) return counted(problems, "problem");
  return `${problems === 0 ? "" : `${counted(problems, "problem")} and `}${counted(warnings, "warning")}`;
}
