import { isTable } from "../sei/codec/csv.js";
import type { Finding } from "./check.js";
import { saysOf } from "./check-reading.js";
import type { Evidence } from "./evidence.js";
import { reactionOf } from "./reaction.js";

/** Do two answers agree on who is there? Without that, nobody is ever deleted. */
export function checkWholeRead({ live, answers }: Evidence): Finding {
  if (live.kind === "notTried") return { status: "unknown", says: saysOf(live) };
  if (live.kind === "failed") {
    // Too slow is no contradiction.
    const status = live.error === null ? "unknown" : "problem";
    return { status, says: live.says, todo: "Without it no plan can be made." };
  }
  const { completeness, developers, mapping } = live.value;
  const counts = { developers: developers.size };
  if (!completeness.proven) {
    return {
      status: "problem",
      says: `not proven: ${completeness.reason}`,
      todo: "Run it again: somebody may be writing. A plan is refused until two answers agree.",
      counts,
    };
  }
  if (mapping === null) return { status: "ok", says: "nobody is there, and no field mapping", counts };
  const csv = answers.kind === "done" ? answers.value.csv : null;
  const hasCsv = csv?.kind === "answer" && reactionOf(csv) === "fine" && isTable(csv.answer);
  const people = `${developers.size} developer${developers.size === 1 ? "" : "s"}`;
  return {
    status: "ok",
    says: hasCsv
      ? `the list and the CSV download agree: ${people}`
      : `the list, read twice, agrees with itself: ${people} (no CSV download here)`,
    counts,
  };
}
