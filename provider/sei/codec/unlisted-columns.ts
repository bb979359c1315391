import { emailKey } from "../../roster/email.js";
import { coreTypeOf, isReferenceName, isSystemName, isVagueName } from "../shape/names.js";
import { type Column, matchColumns } from "./columns.js";
import { type FlatRecord, keysOf } from "./record.js";

/** The columns of the account that the schema does not list. */
export interface Unlisted {
  readonly columns: readonly Column[];
  /** A key of the list that may be a column or not; null when there is none. */
  readonly doubt: string | null;
}

/** What the server says by itself: a flag or a number, as no text that somebody entered. */
const NO_TEXT = /^(true|false|-?\d+(\.\d+)?)?$/;

/**
 * Some schemas list only the columns that were mapped to a field. The others are there all the same, and a record that is
 * sent without them would blank them, so:
 *
 * - Every column of the CSV is one, except the documented `developerRefId`: an upload is made of the same columns.
 * - A key of the list is one, unless it has a name that servers give to what is their own. Where there is a CSV, such a
 *   name is the server's, because the CSV has every column; where there is none, a name that people use as well (status,
 *   source) is a doubt.
 *
 * @param header null when there is no CSV download
 */
export function unlistedColumns(
  listed: readonly Column[],
  header: readonly string[] | null,
  records: readonly FlatRecord[],
): Unlisted {
  const inHeader = new Set(matchColumns(listed, header ?? []).values());
  const ofCsv = (header ?? []).filter((name) => name !== "" && !inHeader.has(name) && !isReferenceName(name));
  const known = [...listed, ...ofCsv.map(attribute)];
  const keys = keysOf(records);
  const taken = matchColumns(known, keys);
  const used = new Set(taken.values());
  const rest = [...keys].filter((key) => key.trim() !== "" && !used.has(key) && !isAlias(key, known, taken, records));
  const ofList = rest.filter((key) => !isSystemName(key) && (header === null || hasText(key, records)));
  const vague = header === null ? rest.find((key) => isVagueName(key) && hasText(key, records)) : undefined;
  return {
    columns: [...ofCsv, ...ofList].map(attribute),
    doubt:
      vague === undefined
        ? null
        : `the list shows ${JSON.stringify(vague)}, which may be a column of the account: the schema does not list it, and there is no CSV download to tell`,
  };
}

function attribute(column: string): Column {
  return { column, type: "ATTRIBUTE", aliases: [] };
}

function hasText(key: string, records: readonly FlatRecord[]): boolean {
  return records.some((record) => !NO_TEXT.test((record.get(key) ?? "").trim()));
}

/** A second spelling of a core field, such as `manager` beside `managerEmail`: it never says anything else. */
function isAlias(
  key: string,
  columns: readonly Column[],
  taken: ReadonlyMap<string, string>,
  records: readonly FlatRecord[],
): boolean {
  const type = coreTypeOf(key);
  const column = type === null ? undefined : columns.find((one) => one.type === type)?.column;
  const own = column === undefined ? undefined : taken.get(column);
  if (own === undefined) return false;
  return records.every((record) => {
    const value = record.get(key) ?? "";
    return value === "" || emailKey(value) === emailKey(record.get(own) ?? "");
  });
}
