import { counted } from "../counted.js";
import type { Finding } from "../finding.js";
import { countsOf, type Validation, validLine } from "./validation.js";

/**
 * Findings as workflow commands of GitHub Actions, which shows them at their lines. GitHub shows the first 10 errors
 * and the first 10 warnings of a step, so errors come first. The last line is for people who read the log.
 *
 * Nothing that stands in a file can begin a command: in a command, line breaks are escaped.
 *
 * @param options.quiet no last line when there is no finding
 */
export function findingsForGitHub(validation: Validation, { quiet }: { readonly quiet: boolean }): string {
  const { findings, valid } = validation;
  const errors = findings.filter(({ severity }) => severity === "error");
  const warnings = findings.filter(({ severity }) => severity === "warning");
  const lines = [...errors, ...warnings].map(annotation);
  if (!valid) lines.push(summary(findings));
  else if (!quiet) lines.push(validLine(validation));
  return lines.join("\n");
}

function annotation({ severity, rule, message, hint, place }: Finding): string {
  const where = place === null ? [] : [`file=${property(place.file)}`, `line=${place.line}`, `col=${place.column}`];
  const properties = [...where, `title=${property(rule)}`].join(",");
  return `::${severity} ${properties}::${data(hint === undefined ? message : `${message}\nhint: ${hint}`)}`;
}

function summary(findings: readonly Finding[]): string {
  const { errors, warnings } = countsOf(findings);
  const also = warnings === 0 ? "" : ` and ${counted(warnings, "warning")}`;
  return `not valid: ${counted(errors, "error")}${also} (GitHub shows the first 10 of each at their lines)`;
}

/** The escapes that GitHub's own toolkit makes in the text of a command. */
function data(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

/** And in one of its properties, which end with a comma or a colon. */
function property(text: string): string {
  return data(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
