import { byText } from "../roster/strings.js";
import type { Finding } from "./finding.js";

/** Findings in the order of their places, each once. Findings without a place come first. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const sorted = [...findings].sort(
    (a, b) =>
      byText(a.place?.file ?? "", b.place?.file ?? "") ||
      (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
      (a.place?.column ?? 0) - (b.place?.column ?? 0) ||
      byText(a.rule, b.rule) ||
      byText(a.message, b.message),
  );
  return sorted.filter((finding, index) => {
    const before = sorted[index - 1];
    return before === undefined || !same(before, finding);
  });
}

function same(a: Finding, b: Finding): boolean {
  return (
    a.rule === b.rule &&
    a.message === b.message &&
    a.place?.file === b.place?.file &&
    a.place?.line === b.place?.line &&
    a.place?.column === b.place?.column
  );
}
