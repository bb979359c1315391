import { createHash } from "node:crypto";
import type { Finding } from "../finding.js";

/**
 * A name for each finding that stays the same while lines move: of its rule, its file and its message without line
 * numbers, with a number for the second of the same, and so on.
 *
 * @example
 * fingerprints([finding, finding]); // ["2f1c9a0b7d3e4f58:1", "2f1c9a0b7d3e4f58:2"]
 */
export function fingerprints(findings: readonly Finding[]): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, message, place }) => {
    const subject = JSON.stringify([rule, place?.file ?? "", withoutLines(message)]);
    const hash = createHash("sha256").update(subject).digest("hex").slice(0, 16);
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return `${hash}:${count}`;
  });
}

/** Messages name places, as `people.yaml:3:5`, "row 12" or `allow[2]`. */
function withoutLines(message: string): string {
  return message.replace(/:\d+:\d+|\[\d+\]/g, "").replace(/\b(row|line|column) \d+/g, "$1");
}
