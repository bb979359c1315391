import { type Columns, mapByName } from "../account/columns.js";
import { addDraft } from "../account/draft.js";
import { checkRequiredFields } from "../rules/check-fields.js";
import { readCsv } from "../rules/read-csv.js";
import { badRequest, setupNeeded, ValidationFailure } from "../rules/refusal.js";
import { reviewJson } from "../shapes/review-json.js";
import type { Simulation } from "../simulation.js";
import { checkFileSize } from "./limits.js";
import { tryVersion } from "./trial.js";

/**
 * `PUT /v2/developers`: "Re-upload a new developer CSV file (auto-maps fields) and approve changes to activate. Returns
 * review data." Columns are mapped as they are in force; a mapped column that is gone is REQUIRED_FIELD_MISSING, a new
 * one is what the dialect makes of it.
 *
 * @throws Refusal 412 before the initial setup, 400 for new columns where the dialect refuses them
 * @throws ValidationFailure unless the dialect gives wrong CSVs a version too
 */
export function reupload(simulation: Simulation, file: Uint8Array): Promise<Response> {
  const { store, dialect } = simulation;
  return store.change((account) => {
    if (account.columns === null) throw setupNeeded();
    checkFileSize(file, dialect);
    const { header, rows } = readCsv(file);
    const before = account.columns;
    const essential = before.filter(({ type }) => type !== "CUSTOM");
    const mapped = columnsOf(header, before, dialect);
    const table = { header, rows, columns: mapped };
    const { draft } = addDraft(account, table, "reviewed", dialect);
    const trial = tryVersion(account, draft, mapped, dialect.reupload, simulation);
    const missing = checkRequiredFields(mapped, true, []).map((error) =>
      // The account knows the column by its name, so the error names it.
      ({ ...error, field: columnNamed(essential, error.field) }),
    );
    const errors = [...missing, ...trial.errors];
    if (errors.length > 0 && dialect.reuploadErrors === "failure") throw new ValidationFailure(errors, mapped);
    const added = addDraft(account, table, errors.length > 0 ? "refused" : "reviewed", dialect);
    const columns = { before, after: trial.replaced.columns };
    const body = reviewJson(added.draft.id, trial.replaced.review, errors, columns, dialect, simulation.versionName);
    return { next: added.next, answer: Response.json(body) };
  });
}

/** The columns of a CSV as they are in force; what becomes of new ones is the dialect's. */
function columnsOf(header: readonly string[], before: Columns, { reuploadNewColumns }: Simulation["dialect"]): Columns {
  const known = new Set(before.map(({ name }) => name));
  const fresh = header.filter((name) => !known.has(name));
  if (fresh.length > 0 && reuploadNewColumns === "badRequest") throw badRequest(`Unknown columns: ${fresh.join(", ")}`);
  const mapped = mapByName(header, before, false);
  return reuploadNewColumns === "ignore" ? mapped.filter(({ name }) => known.has(name)) : mapped;
}

function columnNamed(
  essential: readonly { readonly name: string; readonly type: string }[],
  field: ReturnType<typeof checkRequiredFields>[number]["field"],
): ReturnType<typeof checkRequiredFields>[number]["field"] {
  const column = essential.find(({ type }) => type === field)?.name;
  return column === undefined ? field : { column };
}
