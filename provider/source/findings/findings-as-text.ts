import { formatFindings } from "../format-findings.js";
import { type Validation, validLine } from "./validation.js";

/** More than this scrolls past; whoever has more has one cause to find first. */
const SHOWN = 500;

/**
 * The text of `sei-roster validate`: the findings with the lines they are about, and a last line that says how it
 * stands.
 *
 * @param options.all every finding, and not only the first 500
 * @param options.quiet nothing when there is nothing to say
 */
export function findingsAsText(
  validation: Validation,
  { all, quiet }: { readonly all: boolean; readonly quiet: boolean },
): string {
  const { findings, sources, valid } = validation;
  const parts: string[] = [];
  if (findings.length > 0) {
    const limit = all ? findings.length : SHOWN;
    const more = findings.length > limit ? "; --all shows every one" : "";
    parts.push(`${formatFindings(findings, { sources, limit })}${more}`);
  }
  if (valid && !quiet) parts.push(validLine(validation));
  return parts.join("\n\n");
}
