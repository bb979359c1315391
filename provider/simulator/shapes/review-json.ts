import type { StoredDeveloper } from "../account/account.js";
import type { Columns } from "../account/columns.js";
import type { Dialect } from "../dialect/dialect.js";
import { errorsJson, type ValidationError } from "../rules/validation-error.js";
import { type Json, recordJson } from "./record-json.js";
import { versionIdJson } from "./version-id-json.js";

/** What a reupload would change. */
export interface Review {
  readonly added: readonly StoredDeveloper[];
  readonly updated: readonly { readonly before: StoredDeveloper; readonly after: StoredDeveloper }[];
  readonly removed: readonly StoredDeveloper[];
  readonly unchanged: number;
}

/** "Returns review data": the documents do not say in what form. */
export function reviewJson(
  versionId: string,
  review: Review,
  errors: readonly ValidationError[],
  columns: { readonly before: Columns; readonly after: Columns },
  dialect: Dialect,
  versionName = "versionId",
): Json {
  const { added, updated, removed, unchanged } = review;
  const old = (developer: StoredDeveloper) => recordJson(developer, columns.before, dialect);
  // A developer who is not in force yet has no id.
  const fresh = ({ values }: StoredDeveloper) => recordJson({ values }, columns.after, dialect);
  const head = { [versionName]: versionIdJson(versionId, dialect) };
  const found: { readonly errors?: Json } =
    errors.length === 0 && dialect.reviewShape !== "arrays"
      ? {}
      : { errors: errorsJson(errors, columns.after, dialect).map((error) => ({ ...error })) };
  const counts = { added: added.length, updated: updated.length, removed: removed.length, unchanged };
  switch (dialect.reviewShape) {
    case "arrays":
      return {
        ...head,
        added: added.map(fresh),
        updated: updated.map(({ before, after }) => ({ before: old(before), after: fresh(after) })),
        removed: removed.map(old),
        unchanged,
        ...found,
      };
    case "counts":
      return { ...head, ...counts, ...found };
    case "changes":
      return {
        ...head,
        changes: [
          ...added.map((after) => ({ changeType: "ADDED", after: fresh(after) })),
          ...updated.map(({ before, after }) => ({ changeType: "UPDATED", before: old(before), after: fresh(after) })),
          ...removed.map((before) => ({ changeType: "REMOVED", before: old(before) })),
        ],
        ...found,
      };
    case "summary":
      return { ...head, summary: counts, ...found };
    case "versionOnly":
      return { ...head, ...found };
  }
}
