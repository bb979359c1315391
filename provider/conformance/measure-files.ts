import { columnsOf } from "../roster/field-mapping.js";
import type { LiveRoster } from "../roster/live-roster.js";
import { isTable, readTable } from "../sei/codec/csv.js";
import type { Looked, Looker } from "../sei/look.js";
import { recogniseMapping } from "../sei/shape/mapping-entries.js";
import type { AuthForm } from "../sei/transport/auth.js";
import { answerText, isTaken, jsonOf } from "./answer-words.js";
import type { Notebook } from "./assumption.js";
import type { ReadId } from "./read-assumptions.js";

/** The schema, and the CSV of the developers. */
export async function measureFiles(
  note: Notebook<ReadId>,
  looker: Looker,
  form: AuthForm,
  live: LiveRoster,
): Promise<void> {
  const [email] = live.developers.keys();
  const [schema, csv, filtered] = await Promise.all([
    looker.get({ path: "/v2/developers/schema", form }),
    looker.get({ path: "/v2/developers", form, accept: "text/csv" }),
    looker.get({ path: "/v2/developers", form, accept: "text/csv", query: [["emails", email ?? ""]] }),
  ]);
  if (isTaken(schema)) note.saw("schema.form", formText(jsonOf(schema)));
  else note.missed("schema.form", answerText(schema));
  const rows = rowsOf(csv);
  if (rows === null || csv.kind === "none") {
    for (const id of ["csv.filter", "csv.header", "csv.lines", "csv.quotes"] as const) note.missed(id, answerText(csv));
    return;
  }
  const columns = live.mapping === null ? [] : columnsOf(live.mapping).map(([column]) => column);
  note.saw("csv.header", columns.every((column) => rows.header.includes(column)) ? "the columns" : "other names");
  note.saw("csv.lines", csv.answer.text.includes("\r\n") ? "CRLF" : "LF");
  const [first = ""] = csv.answer.text.split(/\r?\n/);
  note.saw("csv.quotes", first.startsWith('"') ? "everywhere" : "where needed");
  const some = rowsOf(filtered);
  if (live.developers.size < 2) note.missed("csv.filter", "there are fewer than two developers");
  else if (some === null) note.missed("csv.filter", answerText(filtered));
  else note.saw("csv.filter", some.rows.length === rows.rows.length ? "everybody" : "who is asked for");
}

function rowsOf(looked: Looked): ReturnType<typeof readTable> | null {
  if (looked.kind === "none" || !isTaken(looked) || !isTable(looked.answer)) return null;
  try {
    return readTable(looked.answer);
  } catch {
    return null;
  }
}

function formText(json: unknown): string {
  const form = recogniseMapping(json)?.form;
  if (form === undefined) return "not recognised";
  const where = form.path.length === 0 ? "" : ` in ${form.path.join(".")}`;
  switch (form.layout) {
    case "list":
      return `list${where}: ${form.columnProperty}, ${form.typeProperty ?? "no type"}`;
    case "typeToColumn":
      return `map${where} from type to column`;
    case "columnToType":
      return `map${where} from column to type`;
  }
}
