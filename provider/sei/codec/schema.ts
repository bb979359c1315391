import type { FieldMapping } from "../../roster/field-mapping.js";
import { UnreadableAnswerError } from "../errors/transport-errors.js";
import { describeShape } from "../shape/describe.js";
import {
  isEmptyAnswer,
  isUnmapped,
  type MappingEntry,
  type MappingForm,
  recogniseMapping,
} from "../shape/mapping-entries.js";
import { CORE_TYPES, type CoreType, coreTypeOf } from "../shape/names.js";
import type { Answer } from "../transport/request.js";
import type { Column } from "./columns.js";

/** What `GET /v2/developers/schema` says. */
export interface Schema {
  readonly mapping: FieldMapping;
  readonly columns: readonly Column[];
  /** How the answer writes it down. */
  readonly form: MappingForm;
  /** The answer names the three core columns and no other, which may mean that it lists no attributes at all. */
  readonly coreOnly: boolean;
}

/**
 * Reads the schema. The documents show no body, so it is recognised: see recogniseMapping. Types come from the answer,
 * and where it gives none, from the usual names of the columns.
 *
 * @returns null when the answer says that there is no schema yet
 * @throws UnreadableAnswerError with the shape, when it is neither
 */
export function readSchema(answer: Answer): Schema | null {
  if (answer.status === 204 || isEmptyAnswer(answer.json === undefined ? answer.text.trim() : answer.json)) return null;
  const found = recogniseMapping(answer.json);
  if (found === null) throw unreadable(answer, "no field mapping can be recognised in it");
  if (isUnmapped(found)) return null;
  const columns = found.entries.map(({ column, aliases }) => ({ column, aliases }));
  const core = coreColumns(found.entries);
  const [name, email, managerEmail] = [core.get("NAME"), core.get("EMAIL"), core.get("MANAGER_EMAIL")];
  if (name === undefined || email === undefined || managerEmail === undefined) {
    const missing = CORE_TYPES.filter((type) => !core.has(type));
    throw unreadable(answer, `its field mapping has no column for ${missing.join(", ")}`);
  }
  const typeOf = new Map([...core].map(([type, column]) => [column, type]));
  const typed: readonly Column[] = columns.map((one) => ({ ...one, type: typeOf.get(one.column) ?? "ATTRIBUTE" }));
  const attributes = typed.filter(({ type }) => type === "ATTRIBUTE").map(({ column }) => column);
  return {
    mapping: { name, email, managerEmail, attributes: [...new Set(attributes)] },
    columns: typed,
    form: found.form,
    coreOnly: attributes.length === 0,
  };
}

/** By stated type first; a type that nobody states goes to the untyped column with a usual name. */
function coreColumns(entries: readonly MappingEntry[]): ReadonlyMap<CoreType, string> {
  const core = new Map<CoreType, string>();
  for (const { column, type } of entries) {
    const stated = type === null ? null : coreTypeOf(type);
    if (stated !== null && !core.has(stated)) core.set(stated, column);
  }
  const taken = new Set(core.values());
  for (const wanted of CORE_TYPES) {
    if (core.has(wanted)) continue;
    const usual = entries.find(
      ({ column, aliases }) => !taken.has(column) && [column, ...aliases].some((name) => coreTypeOf(name) === wanted),
    );
    if (usual === undefined) continue;
    core.set(wanted, usual.column);
    taken.add(usual.column);
  }
  return core;
}

function unreadable(answer: Answer, problem: string): UnreadableAnswerError {
  return new UnreadableAnswerError(answer.call, answer.status, problem, describeShape(answer.json));
}
