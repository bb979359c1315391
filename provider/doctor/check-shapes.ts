import { isTable, readTable } from "../sei/codec/csv.js";
import { readIdentityRecords } from "../sei/codec/identities.js";
import { readPage } from "../sei/codec/list.js";
import { readSchema } from "../sei/codec/schema.js";
import type { Looked } from "../sei/look.js";
import type { Answer } from "../sei/transport/request.js";
import type { Finding } from "./check.js";
import { saysOf } from "./check-reading.js";
import type { Evidence } from "./evidence.js";
import { reactionOf, reactionText } from "./reaction.js";
import { answerShapes } from "./shape/shape-report.js";

const LONGEST = 160;

/** Is everything that the API answers recognised? The details have its shapes: keys and types, never values. */
export function checkShapes(evidence: Evidence): Finding {
  const { answers } = evidence;
  if (answers.kind !== "done") return { status: "unknown", says: saysOf(answers) };
  const { schema, list, csv, identities } = answers.value;
  const parts = [
    part("schema", schema, readSchema),
    part("list", list, readPage),
    part("CSV download", csv, (answer) => (isTable(answer) ? readTable(answer) : readPage(answer))),
    part("identities", identities, (answer) => readIdentityRecords(readPage(answer).records)),
  ];
  const [shapeOfSchema, shapeOfList, shapeOfCsv, shapeOfIdentities] = answerShapes(evidence);
  const shapes = [shapeOfSchema, shapeOfList, shapeOfCsv, shapeOfIdentities].map((one) => one?.body ?? "nothing");
  const details = parts.map(({ name, told }, at) => `${name}, ${told}: ${cut(inline(shapes[at]))}`);
  const strange = parts.filter(({ told }) => told === "not recognised").map(({ name }) => name);
  if (strange.length > 0) {
    return {
      status: "problem",
      says: `not recognised: ${strange.join(", ")}`,
      todo: "Please send us the file of --shapes FILE: it holds keys and types, no values. Read it first.",
      details,
    };
  }
  const read = parts.filter(({ told }) => told === "recognised").map(({ name }) => name);
  if (read.length === 0) return { status: "unknown", says: "there was no answer to recognise", details };
  return { status: "ok", says: `recognised: ${read.join(", ")}`, details };
}

function part(name: string, looked: Looked, read: (answer: Answer) => unknown) {
  if (looked.kind === "none" || reactionOf(looked) !== "fine") return { name, told: reactionText(looked) };
  try {
    read(looked.answer);
    return { name, told: "recognised" };
  } catch {
    return { name, told: "not recognised" };
  }
}

/** JSON without its quotes, for reading. */
function inline(shape: unknown): string {
  return JSON.stringify(shape)
    .replaceAll('"', "")
    .replaceAll(/,(?! )/g, ", ")
    .replaceAll(/:(?! )/g, ": ");
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
