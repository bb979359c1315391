import { columnsOf } from "../roster/field-mapping.js";
import type { Finding } from "./check.js";
import { saysOf } from "./check-reading.js";
import type { Evidence } from "./evidence.js";

/** Is the initial setup done: is there a field mapping? */
export function checkSetup({ live }: Evidence): Finding {
  if (live.kind !== "done")
    return { status: "unknown", says: live.kind === "failed" ? "see whole read" : saysOf(live) };
  const { mapping, completeness } = live.value;
  if (mapping !== null) {
    const core = columnsOf({ ...mapping, attributes: [] }).map(([column, type]) => `${type} is ${show(column)}`);
    const counts = { attributes: mapping.attributes.length };
    const more = `${counts.attributes} more column${counts.attributes === 1 ? "" : "s"}`;
    return { status: "ok", says: `done: ${core.join(", ")}; ${more}`, counts };
  }
  if (!completeness.proven) return { status: "unknown", says: completeness.reason };
  return {
    status: "warning",
    says: "not done: the account has no field mapping",
    todo: "The first apply of a roster does it.",
  };
}

function show(column: string): string {
  return JSON.stringify(column);
}
