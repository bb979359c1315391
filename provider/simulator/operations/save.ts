import type { Draft } from "../account/account.js";
import { type Columns, sameColumns } from "../account/columns.js";
import { draftOf } from "../account/draft.js";
import type { Dialect } from "../dialect/dialect.js";
import { checkEssentialMapping } from "../rules/check-fields.js";
import { badRequest, conflict, ValidationFailure } from "../rules/refusal.js";
import type { ValidationError } from "../rules/validation-error.js";
import { readMapping } from "../shapes/mapping-json.js";
import { versionIdJson } from "../shapes/version-id-json.js";
import { writeAnswer } from "../shapes/write-answer.js";
import type { Simulation } from "../simulation.js";
import { putInForce, tryVersion } from "./trial.js";

/**
 * `PUT /v2/developers/versions/{versionId}/fieldMappings`: "Configure field mappings and save developers into the system."
 *
 * @throws Refusal for an unknown version, a version that is saved already, a body that is no mapping
 * @throws ValidationFailure for a mapping without NAME, EMAIL or MANAGER_EMAIL, columns that the CSV does not have, and records
 * that are wrong; nothing is saved then
 */
export function save(simulation: Simulation, versionId: string, body: unknown): Promise<Response> {
  const { store, dialect } = simulation;
  return store.change((account) => {
    const draft = draftOf(account, versionId, dialect);
    const { columns, errors: wrong } = mapHeader(readMapping(body, dialect), draft, dialect);
    const version = { [simulation.versionName]: versionIdJson(draft.id, dialect) };
    if (draft.status === "saved" || draft.status === "active" || draft.status === "superseded") {
      if (draft.status !== "superseded" && dialect.saveTwice === "idempotent" && sameColumns(columns, draft.columns)) {
        return { next: null, answer: writeAnswer({ ...version, created: 0, updated: 0, deleted: 0 }, dialect) };
      }
      throw conflict("This version is saved already.", dialect);
    }
    const trial = tryVersion(account, draft, columns, "replace", simulation);
    const errors = [...checkEssentialMapping(columns), ...wrong, ...trial.errors];
    if (errors.length > 0) throw new ValidationFailure(errors, columns);
    const { added, updated, removed } = trial.replaced.review;
    const counts = { created: added.length, updated: updated.length, deleted: removed.length };
    const answer = writeAnswer({ ...version, ...counts }, dialect);
    if (dialect.saveActivates) return { next: putInForce(account, draft, trial, simulation), answer };
    const drafts = new Map(account.drafts).set(draft.id, { ...draft, columns, status: "saved" });
    return { next: { ...account, drafts, columns: account.columns ?? columns }, answer };
  });
}

/**
 * The columns of a version under a mapping, in the order of its header.
 *
 * REQUIRED_FIELD_MISSING is about a mapped column that the CSV does not have ("missing from the CSV upload or field mappings").
 */
function mapHeader(
  mapping: Columns,
  { header }: Draft,
  { unmappedColumns }: Dialect,
): { readonly columns: Columns; readonly errors: readonly ValidationError[] } {
  const types = new Map(mapping.map(({ name, type }) => [name, type]));
  const essential = mapping.flatMap(({ type }) => (type === "CUSTOM" ? [] : [type]));
  if (types.size < mapping.length) throw badRequest("A column is mapped twice.");
  if (new Set(essential).size < essential.length) throw badRequest("Two columns are mapped to one field type.");
  const present = new Set(header);
  const columns = header.flatMap((name) => {
    const type = types.get(name);
    if (type !== undefined) return { name, type };
    return unmappedColumns === "keep" ? { name, type: "CUSTOM" as const } : [];
  });
  const lost = mapping.filter(({ name }) => !present.has(name));
  return {
    columns,
    errors: lost.map(({ name }) => ({ errorType: "REQUIRED_FIELD_MISSING", field: { column: name }, developers: [] })),
  };
}
