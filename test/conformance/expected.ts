import type { ReadId } from "../../provider/conformance/read-assumptions.js";
import type { WriteId } from "../../provider/conformance/write-assumptions.js";
import type { MappingForm } from "../../provider/simulator/dialect/mapping-form.js";
import type { Dialect } from "../../provider/simulator/simulator.js";

/** What is to be seen of a dialect; null: it cannot be told there. */
export type Expected = (dialect: Dialect) => string | null;

const formText = (form: MappingForm): string => {
  const where = form.wrapper === null ? "" : ` in ${form.wrapper}`;
  if (form.kind === "list") return `list${where}: ${form.columnKey}, ${form.typeKey}`;
  return form.kind === "typeToColumn" ? `map${where} from type to column` : `map${where} from column to type`;
};

const listText = (wrapper: string): string => (wrapper === "array" ? "a bare list" : wrapper);

const keysText: Readonly<Record<Dialect["recordKeys"], string>> = {
  columns: "flat, the columns",
  snake: "flat, other spellings",
  camel: "flat, other spellings",
  display: "flat, other spellings",
  attributes: "an object in attributes",
  customFields: "a list in customFields",
};

const identityKeys: Readonly<Record<Dialect["identityKeys"], string>> = {
  documented: "email, integrationId, identity",
  full: "email, integrationId, identity",
  snake: "email, integration_id, identity",
  cloudId: "email, integrationId, cloudId",
};

const clearing = (taken: "clear" | "ignore" | "badRequest", { upsertMode }: Dialect): string => {
  if (taken === "badRequest") return "refused";
  return taken === "clear" || upsertMode === "replace" ? "clears" : "ignored";
};

/** Whether the review says enough to approve it. */
const approves = ({ reviewShape }: Dialect): boolean => reviewShape !== "versionOnly";
const triesKeys = (dialect: Dialect): boolean => approves(dialect) && dialect.reupload === "replace";

/** Of an account of more people than a page has, of whom two have an identity and somebody has none. */
export const EXPECTED: Readonly<Record<ReadId | WriteId, Expected>> = {
  "key.x-api-key": ({ auth }) => (auth.includes("x-api-key") ? "taken" : "refused with 401"),
  "key.authorization": ({ auth }) => (auth.includes("ApiKey") ? "taken" : "refused with 401"),
  "key.account": ({ accountHeader }) => `Harness-Account is ${accountHeader === "required" ? "" : "not "}needed`,
  "errors.path": ({ unknownPath }) => String(unknownPath),
  "errors.key": ({ authBody }) => authBody,
  "errors.body": ({ errorBody, unknownPath, searchHalf, searchUnknownKey, pageBeyond }) =>
    unknownPath === 404 || [searchHalf, searchUnknownKey, pageBeyond].includes("badRequest") ? errorBody : null,
  "schema.form": ({ mappingForm }) => formText(mappingForm),
  "list.wrapper": ({ listWrapper }) => listText(listWrapper),
  "list.total": ({ totalName, listWrapper }) => (listWrapper === "array" ? "none" : totalName),
  "list.echo": ({ pageEcho, listWrapper }) => (pageEcho && listWrapper !== "array" ? "yes" : "no"),
  "list.keys": ({ recordKeys }) => keysText[recordKeys],
  "list.blank": ({ blankValues }) => ({ empty: "an empty string", null: "null", absent: "left out" })[blankValues],
  "list.id": ({ refIdName, refIdType }) => (refIdName === null ? "none" : `${refIdName}, a ${refIdType}`),
  "list.size": ({ pageSizeDefault }) => String(pageSizeDefault),
  "list.too-large": ({ pageSizeOver }) => (pageSizeOver === "clamp" ? "cut down" : "refused"),
  "list.beyond": ({ pageBeyond }) =>
    ({ empty: "empty", notFound: "refused with 404", badRequest: "refused with 400" })[pageBeyond],
  "list.repeated": ({ multiValue }) => (multiValue === "comma" ? "one of them" : "all"),
  "list.commas": ({ multiValue }) => (multiValue === "repeated" ? "none" : "all"),
  "list.half-search": ({ searchHalf }) => (searchHalf === "badRequest" ? "refused" : "ignored"),
  "list.unknown-search": ({ searchUnknownKey }) =>
    ({ empty: "nobody", badRequest: "refused", ignore: "everybody" })[searchUnknownKey],
  "list.order": ({ sortDefault }) => ({ name: "by name", email: "by email", refId: "another one" })[sortDefault],
  "csv.filter": ({ csvFilters }) => (csvFilters === "ignored" ? "everybody" : "who is asked for"),
  "csv.header": ({ csvHeader }) => (csvHeader === "columns" ? "the columns" : "other names"),
  "csv.lines": ({ csvLineEnd }) => (csvLineEnd === "\n" ? "LF" : "CRLF"),
  "csv.quotes": ({ csvQuoted }) => (csvQuoted ? "everywhere" : "where needed"),
  "identities.wrapper": ({ identitiesWrapper }) => listText(identitiesWrapper),
  "identities.shape": ({ identitiesShape }) =>
    identitiesShape === "flat" ? "a record each" : "inside a record of the developer",
  "identities.keys": (dialect) => identityKeys[dialect.identityKeys],
  "identities.id": ({ integrationIdType }) => `a ${integrationIdType}`,
  "identities.filter": ({ identityFilter }) => identityFilter,
  "identities.none": ({ withoutIdentity }) => (withoutIdentity === "omitted" ? "left out" : "listed"),

  "write.answer": ({ writeAnswer }) =>
    ({ counts: "counts", status: "a status", noContent: "nothing", text: "text" })[writeAnswer],
  "write.lag": ({ readDelayMs }) => (readDelayMs > 0 ? "later" : "at once"),
  "upsert.keys": ({ upsertKeys, upsertUnknownKey }) =>
    ["columns", "columnsAndFields", "any"].includes(upsertKeys) || upsertUnknownKey === "extend"
      ? "the columns"
      : expect.stringMatching(/ and columns|columns in|keys of the list|records as the list/),
  "upsert.missing-key": ({ upsertMode }) => (upsertMode === "merge" ? "kept" : "blanked"),
  "upsert.null": (dialect) => clearing(dialect.upsertNull, dialect),
  "upsert.blank": (dialect) => clearing(dialect.upsertBlank, dialect),
  "upsert.unknown-key": (dialect) =>
    triesKeys(dialect)
      ? { ignore: "ignored", badRequest: "refused", extend: "a new column" }[dialect.upsertUnknownKey]
      : null,
  "upsert.duplicate": () => "DUPLICATE_EMAIL",
  "upsert.managers": ({ upsertManagers }) =>
    ({ after: "in any place", inOrder: "before the report", before: "in a request of its own" })[upsertManagers],
  "upsert.self-manager": ({ selfManager }) => (selfManager === "cycle" ? "refused" : "taken"),
  "upsert.nobody": ({ emptyBatch }) => (emptyBatch === "ok" ? "taken" : "refused"),
  "upsert.id": (dialect) =>
    triesKeys(dialect) && dialect.upsertUnknownKey !== "extend" && dialect.refIdName !== null
      ? dialect.renameByRefId
        ? "renames"
        : "ignored"
      : null,
  "errors.status": ({ validationStatus }) => String(validationStatus),
  "errors.field": ({ errorFieldName }) => (errorFieldName === "column" ? "the column" : "another name"),
  "errors.all": ({ errorsReported }) => (errorsReported === "all" ? "all" : "one"),
  "emails.case": ({ emails }) =>
    ({ lower: "lower case", asGiven: "as given", caseSensitive: "told apart by case" })[emails],
  "values.spaces": ({ values }) => (values === "asGiven" ? "kept" : "taken off"),
  "values.accents": ({ unicode }) => (unicode === "asGiven" ? "kept" : "composed"),
  "csv.formulas": ({ csvFormulas }) => (csvFormulas === "asIs" ? "as it is" : "with an apostrophe"),
  "delete.unknown": ({ deleteUnknown }) =>
    ({ ignore: "taken", notFound: "refused with 404", badRequest: "refused with 400" })[deleteUnknown],
  "delete.manager": ({ orphaningDelete }) =>
    orphaningDelete === "refuse" ? "refused" : "the reports lose their manager",
  "ids.deleted": ({ refIdName, deletedRefIds }) =>
    refIdName === null ? null : deletedRefIds === "retired" ? "not given again" : "given again",
  "identities.second": ({ secondIdentity }) => (secondIdentity === "replace" ? "replaces it" : "stands beside it"),
  "identities.claimed": ({ claimedIdentity }) =>
    ({ move: "moves", conflict: "refused", conflictForGood: "refused", share: "is held by both" })[claimedIdentity],
  "identities.blank": ({ blankIdentity }) => (blankIdentity === "badRequest" ? "refused" : "takes it away"),
  "identities.nobody": ({ unknownIdentityEmail }) => (unknownIdentityEmail === "badRequest" ? "refused" : "kept"),
  "identities.batch": ({ unknownIdentityEmail, identityBatch }) =>
    unknownIdentityEmail === "pending" ? null : identityBatch === "atomic" ? "none" : "the others",
  "identities.deleted": ({ deleteDropsIdentities }) => (deleteDropsIdentities ? "gone" : "back with them"),
  "versions.unknown": ({ unknownVersionStatus }) => String(unknownVersionStatus),
  "versions.review": ({ reviewShape }) =>
    ({
      arrays: "lists",
      counts: "counts",
      changes: "a list of changes",
      summary: "counts in summary",
      versionOnly: "something else",
    })[reviewShape],
  "versions.errors": ({ reuploadErrors }) => (reuploadErrors === "failure" ? "refused" : "a review"),
  "versions.new-column": ({ reuploadNewColumns }) => (reuploadNewColumns === "badRequest" ? "refused" : "taken"),
  "versions.replace": (dialect) =>
    approves(dialect) ? (dialect.reupload === "replace" ? "gone" : "still there") : null,
  "versions.stale": (dialect) =>
    approves(dialect) ? (dialect.staleApprove === "conflict" ? "refused" : "the last write wins") : null,
  "versions.twice": (dialect) =>
    approves(dialect) ? (dialect.approveTwice === "idempotent" ? "taken" : "refused") : null,
  "versions.older": (dialect) =>
    approves(dialect) ? (dialect.olderDrafts === "kept" ? "still there" : "not there any more") : null,
};
