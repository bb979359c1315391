import type { Finding, Place, Severity } from "./finding.js";
import type { TextLines } from "./text-lines.js";
import type { Mark } from "./tree.js";

/** Where a tree comes from: knows how to say where one of its nodes stands. */
export interface Origin {
  /** null for code. */
  readonly file: string | null;
  placeOf(mark: Mark): Place | null;
  /** The place in words: `roster/a.yaml:3:5`, or the key path in code. */
  says(mark: Mark): string;
  finding(mark: Mark, rule: string, message: string, hint?: string): Finding;
  /** A finding that refuses nothing. */
  warning(mark: Mark, rule: string, message: string, hint?: string): Finding;
}

/**
 * The origin of what stands in a file. Lines and columns are only computed for what is asked.
 *
 * @param file as it is shown: relative to the working directory
 */
export function fileOrigin(file: string, lines: TextLines): Origin {
  const placeOf = (mark: Mark): Place => {
    const { line, col } = lines.linePos(typeof mark === "number" ? mark : 0);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  return {
    file,
    placeOf,
    says(mark) {
      const { line, column } = placeOf(mark);
      return `${file}:${line}:${column}`;
    },
    finding: (mark, rule, message, hint) => finding("error", rule, message, placeOf(mark), hint),
    warning: (mark, rule, message, hint) => finding("warning", rule, message, placeOf(mark), hint),
  };
}

/** The origin of what is declared in code: there are no places, so messages begin with the key path. */
export const codeOrigin: Origin = {
  file: null,
  placeOf: () => null,
  says: String,
  finding: (mark, rule, message, hint) => finding("error", rule, pathed(mark, message), null, hint),
  warning: (mark, rule, message, hint) => finding("warning", rule, pathed(mark, message), null, hint),
};

function pathed(mark: Mark, message: string): string {
  return mark === "" ? message : `${mark}: ${message}`;
}

/** A finding about a file as a whole. */
export function fileFinding(file: string, rule: string, message: string, hint?: string): Finding {
  return finding("error", rule, message, { file, line: 1, column: 1 }, hint);
}

function finding(
  severity: Severity,
  rule: string,
  message: string,
  place: Place | null,
  hint: string | undefined,
): Finding {
  return hint === undefined ? { severity, rule, message, place } : { severity, rule, message, hint, place };
}
