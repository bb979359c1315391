import { oneLine } from "../report/people.js";
import type { Judged } from "./assumption.js";
import { type Conformance, tallyOf } from "./conformance.js";

const WORDS = { holds: "holds", differs: "differs", notTested: "not tested" } as const;
const WIDTH_OF_WORD = Math.max(...Object.values(WORDS).map((word) => word.length)) + 2;

/** What was found as text: a line for each assumption, what was seen and what it means under it, the sum at the end. */
export function conformanceLines(conformance: Conformance): readonly string[] {
  const { judged } = conformance;
  const width = Math.max(...judged.map(({ assumption }) => assumption.id.length)) + 2;
  const lines = judged.flatMap((one) => linesOf(one, width));
  return [...lines.map(oneLine), "", sumOf(conformance)];
}

function linesOf({ assumption, verdict }: Judged, width: number): readonly string[] {
  const { id, assumes, source, gap, otherwise } = assumption;
  const about = source === "documented" ? "documented" : gap === null ? "assumed" : `assumed, ${gap}`;
  const first = `${WORDS[verdict.kind].padEnd(WIDTH_OF_WORD)}${id.padEnd(width)}${assumes} (${about})`;
  const indent = " ".repeat(WIDTH_OF_WORD + width);
  switch (verdict.kind) {
    case "holds":
      return [first];
    case "differs": {
      const means = verdict.copes ? `no harm: ${otherwise}` : "this package cannot work with that: please report it";
      return [first, `${indent}seen: ${verdict.seen}`, `${indent}-> ${means}`];
    }
    case "notTested":
      return [first, `${indent}${verdict.why}`];
  }
}

/** `30 hold, 4 differ (no harm), 12 not tested`. */
function sumOf(conformance: Conformance): string {
  const { holds, differs, notTested, stuck } = tallyOf(conformance);
  const harm = differs === 0 ? "" : stuck === 0 ? " (no harm)" : ` (${stuck} of them do harm)`;
  return `${holds} hold, ${differs} differ${harm}, ${notTested} not tested`;
}
