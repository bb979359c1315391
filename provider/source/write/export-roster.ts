import type { Day } from "../../roster/day.js";
import type { DesiredRoster } from "../../roster/desired-roster.js";
import { isEmail } from "../../roster/email.js";
import type { FieldMapping } from "../../roster/field-mapping.js";
import { plan, refusals } from "../../roster/plan.js";
import { checkDevelopers } from "../../roster/rules/check-developers.js";
import { isBroken } from "../broken-characters.js";
import { csvOfRoster } from "./csv-of-roster.js";
import { declarableColumns } from "./declarable-columns.js";
import { type DeclarableRoster, declarableRoster, type Managers, type SetUpRoster } from "./declarable-roster.js";
import { desiredOf } from "./desired-of.js";
import { countedNote, type Note } from "./note.js";
import { readBackCsv } from "./read-back.js";
import { GOVERNING_FILE, splitFiles, type WrittenFile } from "./split-files.js";
import { type IntegrationNames, yamlOfGoverning, yamlOfRoster } from "./yaml-of-roster.js";

/** In which form a roster is written. */
export type ExportForm =
  | { readonly kind: "yaml" }
  /** One file for each value of an attribute column. */
  | { readonly kind: "split"; readonly column: string }
  /** `beside`: with a YAML file that has the field mapping. */
  | { readonly kind: "csv"; readonly beside: boolean };

/** A live roster as files of a source, and how far they hold it. */
export interface RosterExport {
  readonly files: readonly WrittenFile[];
  readonly notes: readonly Note[];
  /** What `validate` would say of the files: how many findings of a rule. */
  readonly errors: Counts;
  readonly warnings: Counts;
  /**
   * Whether the plan of the files is empty. A source with errors has no plan, so that nothing can come of it.
   * `fields`: it would be empty with the field mapping beside it.
   */
  readonly planIs: "empty" | "none" | "changes" | "fields";
}

/** By rule, in the order found. */
export type Counts = ReadonlyMap<string, number>;

/**
 * Writes a live roster as a source, and checks that its plan is empty.
 *
 * @param asOf the day of the check; an export has no dates
 */
export function exportRoster(
  live: SetUpRoster,
  form: ExportForm,
  integrations: IntegrationNames,
  asOf: Day,
  managers: Managers = "known",
): RosterExport {
  switch (form.kind) {
    case "yaml": {
      const roster = declarableRoster(live, managers);
      const files = [{ name: `${GOVERNING_FILE}.yaml`, text: yamlOfRoster(roster, integrations) }];
      return { files, notes: roster.notes, ...checkYaml(roster, live) };
    }
    case "split": {
      const roster = declarableRoster(live, managers);
      return { files: splitFiles(roster, form.column, integrations), notes: roster.notes, ...checkYaml(roster, live) };
    }
    case "csv":
      return csvExport(live, form.beside, integrations, asOf, managers);
  }
}

type Check = Pick<RosterExport, "errors" | "warnings" | "planIs">;

/** To read a large YAML back takes minutes; what it says is known, and tests hold that it is read so. */
function checkYaml(roster: DeclarableRoster, live: SetUpRoster): Check {
  const desired = desiredOf(roster);
  const developers = [...desired.developers.values()];
  const rules = [
    ...developers.filter(({ email }) => !isEmail(email)).map(() => "INVALID_EMAIL"),
    ...developers.filter(({ email }) => isBroken(email)).map(() => "BROKEN_CHARACTER"),
    ...checkDevelopers(developers, { whole: true, scoped: false }).map(({ rule }) => rule),
  ];
  return { errors: countsOf(rules), warnings: new Map(), planIs: planIs(rules.length > 0, desired, live) };
}

function csvExport(
  live: SetUpRoster,
  beside: boolean,
  integrations: IntegrationNames,
  asOf: Day,
  managers: Managers,
): RosterExport {
  const { fields, attributes, notes } = declarableColumns(live.mapping);
  const csv = { name: "people.csv", text: csvOfRoster(live, managers) };
  const governing = yamlOfGoverning({ fields, columns: attributes, developers: [], notes }, integrations);
  const check = (known: FieldMapping | null): Check => checkCsv(csv, known, live, asOf);
  const found = check(beside ? fields : null);
  const helped = beside || fields === null || found.planIs === "empty" ? found : check(fields);
  return {
    files: [csv, ...(beside ? [{ name: `${GOVERNING_FILE}.yaml`, text: governing }] : [])],
    notes: [...notes.filter(({ kind }) => beside || kind !== "fieldsLeftOut"), ...inCsv(live)],
    ...found,
    planIs: isBetter(helped.planIs, found.planIs) ? "fields" : found.planIs,
  };
}

/** A source that is refused is better than one that is taken for something else. */
function isBetter(helped: RosterExport["planIs"], found: RosterExport["planIs"]): boolean {
  return found !== "empty" && helped !== found && helped !== "changes";
}

function inCsv({ identities }: SetUpRoster): readonly Note[] {
  return countedNote("identitiesNotInCsv", identities?.length ?? 0);
}

/** What a column means is guessed by its name, and a CSV has no escapes: so this text is really read back. */
function checkCsv({ name, text }: WrittenFile, fields: FieldMapping | null, live: SetUpRoster, asOf: Day): Check {
  const { roster, findings } = readBackCsv(name, text, fields, asOf);
  const rules = (wanted: "error" | "warning"): readonly string[] =>
    findings.filter(({ severity }) => severity === wanted).map(({ rule }) => rule);
  const errors = countsOf(rules("error"));
  return { errors, warnings: countsOf(rules("warning")), planIs: planIs(errors.size > 0, roster, live) };
}

function planIs(invalid: boolean, desired: DesiredRoster, live: SetUpRoster): RosterExport["planIs"] {
  if (invalid) return "none";
  const target = { endpoint: "", account: "" };
  const policy = { target, prune: "all", managed: new Set<string>(), guards: {}, strategy: "upsert" } as const;
  const made = plan(desired, live, policy);
  // A column that is not taken for what it is changes nothing, and is refused.
  return made.changes.length === 0 && refusals(made).length === 0 ? "empty" : "changes";
}

function countsOf(rules: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const rule of rules) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}
