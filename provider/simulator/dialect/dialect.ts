import type { GenerationEntries } from "./generation-entries.js";
import type { MappingForm } from "./mapping-form.js";

/** How a developer is written in JSON: under which keys. */
export type RecordKeys = "columns" | "snake" | "camel" | "display" | "attributes" | "customFields";

/** Where the rows of a page stand. */
export type ListWrapper = "developers" | "content" | "records" | "items" | "data" | "data.content" | "array";

/** Where a page says how many rows there are in all. */
export type TotalName =
  | "total"
  | "totalCount"
  | "totalElements"
  | "page.totalElements"
  | "_metadata.total_count"
  | "none";

/** The forms in which a key may stand in a request. */
export type AuthForm = "x-api-key" | "ApiKey" | "Bearer" | "bare";

/** The body of an answer that the documents give no body for. */
export type ErrorBody = "status-message" | "platform" | "failure" | "text" | "html" | "empty";

/**
 * Every choice that the documents leave open and a client can notice: here those of the current generation of the v2 API.
 *
 * The number in an entry's comment is the line of reference/sei-api.md section 12 that lists the gap. What the
 * documents do fix (paths, methods, the validation error body, the bodies of DELETE, approve, upsert and identities, the
 * columns of an identities CSV) is no entry.
 */
export interface Dialect extends GenerationEntries {
  // ---- upload, save, versions ----

  /** 1. The status of an accepted `POST /v2/developers`. */
  readonly uploadStatus: 200 | 201;
  /**
   * 1. The body of a preview. `flat`: everything at the top. `data`: the same, inside `data`. `minimal`: the version,
   * the mapping and the errors. `validation`: the errors under `validationErrors`, the rows under `preview`.
   */
  readonly previewShape: "flat" | "data" | "minimal" | "validation";
  /** 1. How many rows a preview shows. */
  readonly previewRows: number;
  /** 1. Errors of single records at upload: in the preview (200), or as a failure that makes no version. */
  readonly recordErrorsAtUpload: "preview" | "failure";
  /** 1. Whether the server maps columns by the usual names at the first upload, or leaves them all unmapped. */
  readonly autoMap: "usualNames" | "none";
  /** 2. The type of a `versionId`. `opaque` holds characters that a URL must escape. */
  readonly versionIdType: "numericString" | "number" | "uuid" | "opaque";
  /** 3, 46. The form of a field mapping that preview and schema speak. */
  readonly mappingForm: MappingForm;
  /** 3. The forms that save takes beside `mappingForm`. */
  readonly mappingFormsTaken: readonly MappingForm[];
  /** 3. A save whose body is in no form that is taken: a bad request, or read as a mapping of nothing. */
  readonly unreadableMapping: "badRequest" | "missingMapping";
  /** 3. A field type that the server does not speak: read as a custom column, or a bad request. */
  readonly unknownFieldType: "custom" | "badRequest";
  /** 3. Columns of the CSV that a save does not name: kept as custom columns, or dropped. */
  readonly unmappedColumns: "keep" | "drop";
  /**
   * 4, 20, 22. The body of a write that succeeds. `counts`: JSON with numbers and the version. `status`:
   * `{"status":"SUCCESS"}`. `noContent`: 204. `text`: the text `ok`.
   */
  readonly writeAnswer: "counts" | "status" | "noContent" | "text";
  /** 5. Whether save puts the developers in force, or approve is needed as well. */
  readonly saveActivates: boolean;
  /** 6. A second `POST /v2/developers` after the setup: a new draft, or 409. */
  readonly uploadAfterSetup: "allow" | "conflict";
  /**
   * 7. What a new upload or reupload does to the versions before it that were never in force: nothing, or they are
   * unknown from then on.
   */
  readonly olderDrafts: "kept" | "dropped";
  /** 7. Saving what is saved already, with the same mapping: 200, or 409. With another mapping it is always 409. */
  readonly saveTwice: "idempotent" | "conflict";
  /** 8. The status for a version that does not exist. */
  readonly unknownVersionStatus: 404 | 400 | 410;
  /** 8, 31. The status of what the data stands against: a version that is stale or in force, an identity of somebody else. */
  readonly conflictStatus: 409 | 400;
  /** 9. Approving a draft when the data changed since it was uploaded: 409, or the last write wins. */
  readonly staleApprove: "conflict" | "lastWriteWins";
  /** 10. Approving the version in force once more: 200, or 409. */
  readonly approveTwice: "idempotent" | "conflict";
  /** 10. Approving a version that was in force before: puts its rows back, or 409. */
  readonly reactivate: boolean;
  /** 11. The body of the review data. */
  readonly reviewShape: "arrays" | "counts" | "changes" | "summary" | "versionOnly";
  /** 12. A reupload with errors: a failure that makes no version, or 200 with the errors and an unapprovable version. */
  readonly reuploadErrors: "failure" | "review";
  /** 13. What approve does with developers who are absent from the CSV. */
  readonly reupload: "replace" | "merge";
  /** 14. Columns of a reupload that the account does not have: new custom columns, left out, or a bad request. */
  readonly reuploadNewColumns: "custom" | "ignore" | "badRequest";

  // ---- upsert, delete ----

  /**
   * 15. The keys that an upsert takes. `columns`: the CSV column names. `columnsAndFields`: these, and `name`, `email`,
   * `manager_email`. `fields`: `name`, `email`, `manager_email` and the custom columns' names. `snake`, `camel`: every
   * column in that case. `any`: all of them.
   */
  readonly upsertKeys: "columns" | "columnsAndFields" | "fields" | "snake" | "camel" | "any";
  /** 16. Fields that an upsert does not mention: kept, or blanked. */
  readonly upsertMode: "merge" | "replace";
  /** 17. `null` in an upsert: clears, is as if not mentioned, or a bad request. */
  readonly upsertNull: "clear" | "ignore" | "badRequest";
  /** 17. `""` in an upsert: clears, is as if not mentioned, or a bad request. */
  readonly upsertBlank: "clear" | "ignore" | "badRequest";
  /** 18. A key that names no field. */
  readonly upsertUnknownKey: "ignore" | "badRequest" | "extend";
  /**
   * 19. Among whom the managers of an upsert are looked for: everybody as it would be afterwards; those who are there
   * and those earlier in the same batch; or those alone who were there before.
   */
  readonly upsertManagers: "after" | "inOrder" | "before";
  /** 21. An upsert, a delete or a set of identities of nobody: 200, or 400. */
  readonly emptyBatch: "ok" | "badRequest";
  /** 22. A delete of emails that nobody has: ignored, or the whole is refused with 404 or 400. */
  readonly deleteUnknown: "ignore" | "notFound" | "badRequest";
  /** 23. A delete that leaves reports without their manager: refused, or their manager is cleared. */
  readonly orphaningDelete: "refuse" | "clearManager";
  /** 24. A delete before the setup. */
  readonly deleteBeforeSetup: 412 | 404 | 200;
  /** 24. List, download and identities before the setup. */
  readonly listBeforeSetup: "empty" | 404 | 412;
  /** 24. The schema before the setup; `emptyList` is a mapping of no columns, `null` the JSON null. */
  readonly schemaBeforeSetup: 404 | 412 | "emptyList" | "null";
  /** 25. Whether a deleted developer's identities go as well, or come back with the developer. */
  readonly deleteDropsIdentities: boolean;
  /** 26. The most records in one upsert or delete. */
  readonly maxBatch: number | null;
  /** 26. The most entries in one set of identities. */
  readonly maxIdentityBatch: number | null;
  /** 26. The largest CSV file, in bytes. */
  readonly maxFileBytes: number | null;
  /** 26. The status beyond these limits. */
  readonly tooLargeStatus: 413 | 400;

  // ---- identity and keys ----

  /** 27. Emails are compared without regard to case (unless `caseSensitive`) and stored in lower case or as given. */
  readonly emails: "lower" | "asGiven" | "caseSensitive";
  /** 28. The key of the record's id; null when records have none. */
  readonly refIdName: "developerRefId" | "id" | "refId" | "ref_id" | null;
  /** 28. The type of the record's id. */
  readonly refIdType: "number" | "string";
  /** 28. Whether the id of somebody who was deleted is given to somebody new. */
  readonly deletedRefIds: "retired" | "reused";
  /** 29. Whether an upsert that carries a record's id and another email renames that record. */
  readonly renameByRefId: boolean;
  /** 30. A second identity for the same developer and integration. */
  readonly secondIdentity: "replace" | "append";
  /**
   * 31. An identity that another developer holds: moves, is refused with 409, or is held by both. `conflictForGood`
   * refuses it also when its holder was deleted and kept it (`deleteDropsIdentities: false`).
   */
  readonly claimedIdentity: "move" | "conflict" | "conflictForGood" | "share";
  /** 32. An identity of an email that nobody has: refused with 400, or kept until the developer exists. */
  readonly unknownIdentityEmail: "badRequest" | "pending";
  /** 33. A set of identities of which one is refused: nothing is set, or the others are. It is refused either way. */
  readonly identityBatch: "atomic" | "partial";
  /** 34. A blank identity: refused with 400, or it takes the identity away. */
  readonly blankIdentity: "badRequest" | "unset";
  /** 35. Identities as one record each, or nested in one record per developer. */
  readonly identitiesShape: "flat" | "nested";
  /** 35. The wrapper of a page of identities. */
  readonly identitiesWrapper: ListWrapper | "identities";
  /** 35. The names in an identity. `full` adds the developer's name and id; `cloudId` is the older word for `identity`. */
  readonly identityKeys: "documented" | "full" | "snake" | "cloudId";
  /** 35. Whether `emails`, `integrationIds` and `developerRefIds` filter the identities. */
  readonly identityFilter: "applied" | "ignored";
  /** 36. A developer without identities: not in the answers, or there with null (blank in CSV) or an empty list. */
  readonly withoutIdentity: "omitted" | "listed";
  /** 35. The type of `integrationId` in answers. */
  readonly integrationIdType: "number" | "string";

  // ---- list ----

  /** 37. The wrapper of a page of developers. */
  readonly listWrapper: ListWrapper;
  /** 37. The name of the total in a page. */
  readonly totalName: TotalName;
  /** 37. Whether a page says its `pageIndex` and `pageSize`. */
  readonly pageEcho: boolean;
  /** 38. The keys of a record. */
  readonly recordKeys: RecordKeys;
  /** 38. A blank value in a record. */
  readonly blankValues: "empty" | "null" | "absent";
  /** 39. The page size without `pageSize`. */
  readonly pageSizeDefault: number;
  /** 39. The largest page size. */
  readonly pageSizeMax: number;
  /** 39. A `pageSize` beyond it: the largest is used, or 400. */
  readonly pageSizeOver: "clamp" | "badRequest";
  /** 39. A page beyond the last: without rows, or refused. */
  readonly pageBeyond: "empty" | "notFound" | "badRequest";
  /** 40. How `emails`, `developerRefIds` and `integrationIds` hold several values. */
  readonly multiValue: "both" | "repeated" | "comma";
  /** 41. `searchKey` without `searchValue`, or the reverse. */
  readonly searchHalf: "badRequest" | "ignore";
  /** 41. A `searchKey` that names no field. */
  readonly searchUnknownKey: "empty" | "badRequest" | "ignore";
  /** 41. How name and email are searched; the other fields are always compared whole, without regard to case. */
  readonly searchMatch: "contains" | "exact";
  /** 42. The order without `sortKey`. */
  readonly sortDefault: "name" | "email" | "refId";
  /** 44. Whether the filters of a list apply to the CSV download too. */
  readonly csvFilters: "ignored" | "applied";
  /** 44. Line ending of every CSV. */
  readonly csvLineEnd: "\n" | "\r\n";
  /** 44. Whether a CSV starts with a byte order mark. */
  readonly csvBom: boolean;
  /** 44. Whether every cell of a CSV is quoted. */
  readonly csvQuoted: boolean;
  /** 44. Cells of a CSV that a spreadsheet takes for a formula: as they are, or with an apostrophe before them. */
  readonly csvFormulas: "asIs" | "apostrophe";
  /** 44. The header of the download: the columns as uploaded, or display names (`Full Name`, `Email`, `Manager Email`). */
  readonly csvHeader: "columns" | "display";

  // ---- schema, errors, authentication ----

  /** 46. Whether the schema says the version it is of, and which fields are required, where its form has room. */
  readonly schemaDetails: boolean;
  /** 47. The status of the documented validation body. */
  readonly validationStatus: 400 | 422 | 200;
  /** 47. The body of a 412. */
  readonly preconditionBody: ErrorBody;
  /** 47. The body of a 401 and a 403 (identities have a documented one). */
  readonly authBody: ErrorBody;
  /** 47, 49. The body of every other refusal that is no validation error. */
  readonly errorBody: ErrorBody;
  /** 1.2 of the reference. The forms in which a key is taken. */
  readonly auth: readonly AuthForm[];
  /** 1.2 of the reference. The `Harness-Account` header: must match when sent, must be sent, or is not looked at. */
  readonly accountHeader: "optional" | "required" | "unchecked";
  /** 1.3 of the reference. The status of a path that is no endpoint. */
  readonly unknownPath: 404 | 401;
  /** 52. What `fieldName` names in a validation error: the CSV column, or `name`, `email`, `manager_email`. */
  readonly errorFieldName: "column" | "field";
  /** 52. The keys of `sampleErrorDevelopers`: the CSV columns, or every column in snake case. */
  readonly errorSampleKeys: "columns" | "snake";
  /** 52. The most records in `sampleErrorDevelopers`. */
  readonly errorSamples: number;
  /** 52. Whether a cycle has the manager field as its `fieldName`, or null. */
  readonly cycleFieldName: "null" | "manager";
  /** 53. Who counts as affected by a cycle: those on it, or those below it as well. */
  readonly cycleCount: "onCycle" | "below";
  /** 54. Somebody who is their own manager. */
  readonly selfManager: "cycle" | "root";
  /** 55. Several errors: all of them at once, or the first. */
  readonly errorsReported: "all" | "first";
  /** 56. Values other than emails, in CSV and JSON: stored as given, or trimmed. */
  readonly values: "asGiven" | "trimmed";
  /** 56. Letters with accents: stored as given, or composed (NFC). */
  readonly unicode: "asGiven" | "composed";
  /** 58. So long do reads still answer with what was before a write. */
  readonly readDelayMs: number;
}
