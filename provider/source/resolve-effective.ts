import { DAY_SHAPE, type Day, isDay } from "../roster/day.js";
import type { Effective } from "../roster/effective.js";
import type { WrittenDeveloper, WrittenText } from "./document.js";
import type { Finding } from "./finding.js";
import type { Origin } from "./origin.js";

/** The dates of one developer; undefined when none are written. */
export function resolveEffective({ origin, effective }: WrittenDeveloper, findings: Finding[]): Effective | undefined {
  if (effective === undefined) return undefined;
  const from = readDay(effective.from, origin, findings);
  const until = readDay(effective.until, origin, findings);
  if (from === undefined && until === undefined) return undefined;
  return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
}

/** A day, or undefined; a day that no calendar has is a finding. What is no day at all the JSON Schema reports. */
export function readDay(written: WrittenText | undefined, origin: Origin, findings: Finding[]): Day | undefined {
  if (written === undefined || written.text === "") return undefined;
  if (isDay(written.text)) return written.text;
  if (DAY_SHAPE.test(written.text)) {
    findings.push(
      origin.finding(written.mark, "INVALID_DATE", `there is no ${written.text} in the calendar`, "correct the day"),
    );
  }
  return undefined;
}
