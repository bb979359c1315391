import { helpOf } from "../catalogue/rule-catalogue.js";
import type { Finding } from "../finding.js";
import { countsOf, type Validation } from "./validation.js";

/**
 * The JSON of `sei-roster validate`, as `schema/findings.schema.json` describes it. Every finding is in it.
 *
 * @example
 * // { "version": 1, "asOf": "2026-11-21", "valid": false, "files": ["roster/a.yaml"], "developers": null,
 * //   "counts": { "errors": 1, "warnings": 0 }, "findings": [{ "severity": "error", "rule": "INVALID_EMAIL", ... }] }
 */
export function findingsAsJson(validation: Validation): string {
  const { asOf, valid, files, developers, findings } = validation;
  const counts = countsOf(findings);
  return JSON.stringify(
    { version: 1, asOf, valid, files, developers, counts, findings: findings.map(plainFinding) },
    null,
    2,
  );
}

function plainFinding({ severity, rule, message, hint, place }: Finding) {
  const help = helpOf(rule);
  return {
    severity,
    rule,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(place === null ? {} : { file: place.file, line: place.line, column: place.column }),
    ...(help === null ? {} : { help }),
  };
}
