import type { Strings } from "../../roster/strings.js";
import type { Draft } from "../account/account.js";
import type { Dialect } from "../dialect/dialect.js";
import { errorsJson, type ValidationError } from "../rules/validation-error.js";
import { mappingInPreview } from "./mapping-json.js";
import type { Json } from "./record-json.js";
import { versionIdJson } from "./version-id-json.js";

/** "Returns a preview with field mappings and validation errors. Response includes `versionId` for tracking." */
export function previewJson(
  draft: Draft,
  records: readonly Strings[],
  errors: readonly ValidationError[],
  dialect: Dialect,
  versionName = "versionId",
): Json {
  const head = {
    [versionName]: versionIdJson(draft.id, dialect),
    ...mappingInPreview(draft.columns, dialect.mappingForm),
  };
  const found: Json = errorsJson(errors, draft.columns, dialect).map((error) => ({ ...error }));
  const rows = records.slice(0, dialect.previewRows);
  switch (dialect.previewShape) {
    case "flat":
      return { ...head, developers: rows, totalDevelopers: records.length, errors: found };
    case "data":
      return {
        status: "SUCCESS",
        data: { ...head, developers: rows, totalDevelopers: records.length, errors: found },
      };
    case "minimal":
      return { ...head, errors: found };
    case "validation":
      return { ...head, preview: { rows, totalCount: records.length }, validationErrors: found };
  }
}
