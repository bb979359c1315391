import type { Day } from "../../roster/day.js";
import type { FieldMapping } from "../../roster/field-mapping.js";
import { readCsv } from "../csv/read-csv.js";
import { decodeText } from "../decode-text.js";
import { type MergedRoster, mergeDocuments } from "../merge-documents.js";

/**
 * Reads a CSV text as the loader reads a file of it, and says what the loader would say.
 *
 * @param fields what a YAML file beside it declares; null without one
 */
export function readBackCsv(name: string, text: string, fields: FieldMapping | null, asOf: Day): MergedRoster {
  const decoded = decodeText(Buffer.from(text));
  if (decoded.kind === "other") throw new Error(`${name} would not be read as text: ${decoded.is}`);
  const document = readCsv(name, decoded, { fields, ignored: new Set() });
  const merged = mergeDocuments([document], true, { asOf });
  return { ...merged, roster: { ...merged.roster, fields } };
}
