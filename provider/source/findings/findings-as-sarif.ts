import type { Rule } from "../catalogue/rule.js";
import { CATALOGUE } from "../catalogue/rule-catalogue.js";
import type { Finding, Place } from "../finding.js";
import { fingerprints } from "./fingerprints.js";
import type { Validation } from "./validation.js";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** What paths are relative to: the working directory, which should be the root of the repository. */
const ROOT = "%SRCROOT%";

/**
 * Findings as SARIF 2.1.0, which code scanning reads: every rule that it can name, and a result for each finding.
 *
 * @param version of this package
 */
export function findingsAsSarif({ findings }: Validation, version: string): string {
  const rules = [...CATALOGUE.values()].map(ruleOf);
  const positions = new Map(rules.map(({ id }, index) => [id, index]));
  const prints = fingerprints(findings);
  const results = findings.map((finding, at) => resultOf(finding, positions.get(finding.rule), prints[at] ?? ""));
  const run = {
    tool: { driver: { name: "sei-roster", version, rules } },
    columnKind: "utf16CodeUnits",
    originalUriBaseIds: { [ROOT]: { description: { text: "The working directory of sei-roster." } } },
    results,
  };
  return JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, null, 2);
}

function ruleOf({ name, severity, title, means, fix, api }: Rule) {
  const source = api === null ? "A rule of sei-roster." : `An error of the SEI API (${api}).`;
  return {
    id: name,
    shortDescription: { text: title },
    fullDescription: { text: means },
    help: { text: `${means} ${fix} ${source}`, markdown: `${means}\n\n**What to do:** ${fix}\n\n${source}` },
    defaultConfiguration: { level: severity },
  };
}

function resultOf({ rule, severity, message, hint, place }: Finding, ruleIndex: number | undefined, print: string) {
  return {
    ruleId: rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: severity,
    message: { text: plain(hint === undefined ? message : `${message}\nhint: ${hint}`) },
    ...(place === null ? {} : { locations: [locationOf(place)] }),
    partialFingerprints: { "sei-roster/v1": print },
  };
}

function locationOf({ file, line, column }: Place) {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file), uriBaseId: ROOT },
      region: { startLine: line, startColumn: column },
    },
  };
}

/** A viewer makes a link of `[text](target)`, and nobody who writes a roster should be able to put one into a report. */
function plain(text: string): string {
  return text.replaceAll("](", "] (");
}

/** A relative path as a URI reference. Half a surrogate pair has no UTF-8, so no URI either. */
function uriOf(file: string): string {
  return file
    .split("/")
    .map((name) => encodeURIComponent(name.replace(/[\ud800-\udfff]/gu, "\ufffd")))
    .join("/");
}
