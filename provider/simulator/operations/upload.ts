import { columnOf, mapByName } from "../account/columns.js";
import { addDraft, recordsOf } from "../account/draft.js";
import { checkOrgTreeFields, checkRequiredFields } from "../rules/check-fields.js";
import { checkRecords } from "../rules/check-records.js";
import { readCsv } from "../rules/read-csv.js";
import { conflict, ValidationFailure } from "../rules/refusal.js";
import { previewJson } from "../shapes/preview-json.js";
import type { Simulation } from "../simulation.js";
import { checkFileSize } from "./limits.js";

/**
 * `POST /v2/developers`: a CSV becomes a new version that waits for its field mappings; answers a preview.
 *
 * @throws ValidationFailure for a CSV that is none; for errors of records where the dialect refuses them here. A NAME, EMAIL
 * or MANAGER_EMAIL that could not be mapped by name stands in the preview only: that is for save to settle.
 */
export function upload(simulation: Simulation, file: Uint8Array): Promise<Response> {
  const { store, dialect, orgTreeFields } = simulation;
  checkFileSize(file, dialect);
  return store.change((account) => {
    if (account.columns !== null && dialect.uploadAfterSetup === "conflict") {
      throw conflict("The initial setup is complete: use reupload and approve.", dialect);
    }
    const { header, rows } = readCsv(file);
    const known = account.columns ?? [];
    const columns = mapByName(header, known, dialect.autoMap === "usualNames");
    const { next, draft } = addDraft(account, { header, rows, columns }, "uploaded", dialect);
    const records = recordsOf(draft, columns, dialect);
    const unmapped = dialect.autoMap === "none" && columnOf(columns, "EMAIL") === undefined;
    const ofRecords = checkRecords(records, columns, dialect);
    const errors = unmapped
      ? checkOrgTreeFields(columns, orgTreeFields)
      : [...checkRequiredFields(columns, columnOf(known, "MANAGER_EMAIL") !== undefined, orgTreeFields), ...ofRecords];
    if (dialect.recordErrorsAtUpload === "failure") {
      const refused = [...checkOrgTreeFields(columns, orgTreeFields), ...ofRecords];
      if (refused.length > 0) throw new ValidationFailure(refused, columns);
    }
    return {
      next,
      answer: Response.json(previewJson(draft, records, errors, dialect, simulation.versionName), {
        status: dialect.uploadStatus,
      }),
    };
  });
}
