import { columnKey, columnsOf, type FieldMapping } from "../roster/field-mapping.js";
import type { Column } from "./codec/columns.js";
import { type MappingBody, mappingBodies } from "./codec/field-mappings.js";
import type { Connection } from "./connection.js";
import { failureOf } from "./errors/partial-write-error.js";
import {
  ConflictError,
  NotFoundError,
  RefusedError,
  SetupRequiredError,
  TooLargeError,
  UnsupportedMediaTypeError,
} from "./errors/refusals.js";
import { SeiError } from "./errors/sei-error.js";
import { FieldMappingNotTakenError, SetupUnfinishedError } from "./errors/setup-errors.js";
import { ServerError } from "./errors/transport-errors.js";
import { ValidationError } from "./errors/validation-error.js";
import { readListOrNothing, readSchemaOrNull } from "./read-roster.js";
import { coreTypeOf } from "./shape/names.js";
import type { Draft } from "./writer.js";

/** Saves an upload under a mapping, in the first form that the server takes, and makes sure that it is active. */
export async function saveFieldMapping(connection: Connection, draft: Draft, mapping: FieldMapping): Promise<void> {
  const gone = await columnsGone(connection, mapping);
  await saveInSomeForm(connection, draft, mapping);
  await activate(connection, draft, mapping, gone);
}

/** The keys of the live columns that the mapping does not have. A first setup has none, and takes no request for it. */
async function columnsGone(connection: Connection, mapping: FieldMapping): Promise<ReadonlySet<string>> {
  if (connection.learned.schemaForm === null) return new Set();
  const wanted = new Set(columnsOf(mapping).map(([column]) => columnKey(column)));
  const columns = (await readSchemaOrNull(connection))?.columns ?? [];
  const stays = ({ column, aliases }: Column) => [column, ...aliases].some((name) => wanted.has(columnKey(name)));
  return new Set(columns.filter((one) => !stays(one)).map(({ column }) => columnKey(column)));
}

async function saveInSomeForm(connection: Connection, draft: Draft, mapping: FieldMapping): Promise<void> {
  const { learned, routes } = connection;
  const forms = [learned.previewForms.get(draft.versionId) ?? null, learned.schemaForm].filter((form) => form !== null);
  const tried: MappingBody[] = [];
  let last: SeiError | null = null;
  let crashes = 0;
  for (const form of mappingBodies(mapping, forms)) {
    tried.push(form);
    try {
      await connection.call(routes.saveFieldMapping(draft.versionId, form.body));
      return;
    } catch (error) {
      if (!(error instanceof SeiError)) throw error;
      if (isCrash(error) && crashes < MOST_CRASHES && (await activeState(connection, mapping)) === "none") crashes += 1;
      else if (!isAboutTheForm(error, mapping)) throw error;
      last = failureOf(error);
    }
  }
  if (last === null) throw new Error("no form to try");
  throw new FieldMappingNotTakenError(
    tried.map(({ name }) => name),
    last,
  );
}

/** A body that it does not expect makes many a server fail with 500; the account says whether anything was saved. */
const MOST_CRASHES = 8;

function isCrash(error: SeiError): boolean {
  const failure = failureOf(error);
  return failure instanceof ServerError && failure.status === 500;
}

/** A refusal that another form may not get. Errors in the records would come back in every form. */
function isAboutTheForm(error: SeiError, mapping: FieldMapping): boolean {
  if (error instanceof ValidationError) {
    const known = new Set(columnsOf(mapping).map(([column]) => columnKey(column)));
    return error.errors.every(({ errorType, fieldName }) => {
      if (errorType === "MISSING_NAME_OR_EMAIL_OR_MANAGER_EMAIL_FIELD_MAPPING") return true;
      // A column that we did not send is missing in every form: an org tree of the account uses it.
      const isSent = fieldName === null || coreTypeOf(fieldName) !== null || known.has(columnKey(fieldName));
      return errorType === "REQUIRED_FIELD_MISSING" && isSent;
    });
  }
  return error instanceof RefusedError || error instanceof UnsupportedMediaTypeError || error instanceof TooLargeError;
}

/**
 * The documents say that a save commits. Should the account go on answering as before, the version is approved as well,
 * and the account asked again.
 */
async function activate(
  connection: Connection,
  draft: Draft,
  mapping: FieldMapping,
  gone: ReadonlySet<string>,
): Promise<void> {
  if ((await activeState(connection, mapping, gone)) === "active") return;
  await approveIfNeeded(connection, draft);
  let state = await activeState(connection, mapping);
  for (const ms of connection.rereadMs) {
    if (state !== "none") return;
    await connection.wait(ms);
    state = await activeState(connection, mapping);
  }
  if (state === "none") {
    throw new SetupUnfinishedError(
      "The field mapping was saved, but the account still answers that it has no developers or no schema. It may need a moment: run the apply again.",
    );
  }
}

async function approveIfNeeded(connection: Connection, draft: Draft): Promise<void> {
  try {
    await connection.call(connection.routes.approve(draft.versionId));
  } catch (error) {
    // Saved and active already, where saving is all there is.
    const harmless = [RefusedError, ConflictError, NotFoundError, SetupRequiredError, ValidationError];
    if (!harmless.some((kind) => error instanceof kind)) throw error;
  }
}

/** `other`: the account is set up, with a mapping that is not (or not visibly) this one. */
async function activeState(
  connection: Connection,
  mapping: FieldMapping,
  gone: ReadonlySet<string> = new Set(),
): Promise<"active" | "other" | "none"> {
  const schema = await readSchemaOrNull(connection);
  if (schema === null) return "none";
  const list = await readListOrNothing(connection, false);
  if (typeof list === "string" || list.records.length === 0) return "none";
  const live = new Map(
    schema.columns.flatMap(({ column, aliases, type }) => [column, ...aliases].map((name) => [columnKey(name), type])),
  );
  const wanted = columnsOf(mapping).filter(([, type]) => !schema.coreOnly || type !== "ATTRIBUTE");
  const isThere = wanted.every(([column, type]) => live.get(columnKey(column)) === type);
  return isThere && !schema.columns.some(({ column }) => gone.has(columnKey(column))) ? "active" : "other";
}
