import type { FieldMapping } from "../../roster/field-mapping.js";
import { readSchema } from "../../sei/codec/schema.js";
import type { Looked } from "../../sei/look.js";
import { authFormText } from "../../sei/transport/auth.js";
import { regionText } from "../check-endpoint.js";
import type { Answers, Evidence } from "../evidence.js";
import { reactionOf } from "../reaction.js";
import { type AnswerShape, answerShape, tableOf } from "./answer-shape.js";
import { type KeyNamer, keyNamer } from "./key-namer.js";

/** What a user of a real account can send us, so that we learn how the API speaks. */
export interface ShapeReport {
  readonly version: 1;
  readonly about: string;
  readonly package: string;
  readonly node: string;
  /** The region, or that it is none of the documents; never the address. */
  readonly region: string;
  /** How the key was answered in each form. */
  readonly key: readonly { readonly form: string; readonly status: number | null }[];
  readonly answers: readonly AnswerShape[];
}

const ABOUT =
  "How the SEI API answers: keys and types, never values. Columns and every key that is not made of words of APIs are numbered. Read it before you send it.";

/** The shapes of everything that was answered, in a form that holds nothing of the account. */
export function shapeReport(evidence: Evidence): ShapeReport {
  const { subject, arrival } = evidence;
  return {
    version: 1,
    about: ABOUT,
    package: subject.versions.package,
    node: subject.versions.node,
    region: regionText(subject.endpoint),
    key: arrival.forms.map(({ form, looked }) => ({
      form: authFormText(form),
      status: looked.kind === "none" ? null : looked.answer.status,
    })),
    answers: answerShapes(evidence),
  };
}

/** The same file for the same answers. */
export function shapeReportJson(report: ShapeReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

export function answerShapes(evidence: Evidence): readonly AnswerShape[] {
  const { arrival, answers } = evidence;
  const nameOf = namerFor(evidence);
  const keyless = answerShape(
    arrival.keyless,
    "GET /v2/developers/schema without a key",
    "JSON",
    keyNamer(null, []),
    "around",
  );
  if (answers.kind !== "done") {
    const refused = arrival.forms.map(({ form, looked }) =>
      answerShape(looked, `GET /v2/developers/schema with ${authFormText(form)}`, "JSON", nameOf, "record"),
    );
    return [keyless, ...refused];
  }
  const { schema, list, csv, current, identities, previous, v1, licensed, history, nowhere } = answers.value;
  const [listText, csvText] =
    evidence.subject.generation === "v2"
      ? ["GET /v2/developers", "GET /v2/developers"]
      : ["POST /v2/developers/list", "GET /v2/developers/download"];
  return [
    answerShape(schema, "GET /v2/developers/schema", "JSON", nameOf, "record"),
    answerShape(list, listText, "JSON", nameOf, "around"),
    answerShape(csv, csvText, "CSV", nameOf, "around"),
    answerShape(identities, "GET /v2/developers/identities", "JSON", nameOf, "around"),
    evidence.subject.generation === "v2"
      ? answerShape(previous, "GET /v2/developers/download", "CSV", nameOf, "around")
      : answerShape(current, "GET /v2/developers", "JSON", nameOf, "around"),
    answerShape(v1, "GET /v1/org/users/schema", "JSON", nameOf, "around"),
    answerShape(licensed, "POST /v1/sei_contributor/list", "JSON", nameOf, "around"),
    answerShape(history, "GET /v1/org/users/versions", "JSON", nameOf, "around"),
    answerShape(nowhere, "GET of a path that no API has", "JSON", nameOf, "around"),
    keyless,
  ];
}

function namerFor({ answers, live }: Evidence): KeyNamer {
  const done = answers.kind === "done" ? answers.value : null;
  const read = live.kind === "done" ? live.value.mapping : null;
  return keyNamer(read ?? (done === null ? null : mappingIn(done)), headersIn(done));
}

function mappingIn({ schema }: Answers): FieldMapping | null {
  if (schema.kind === "none" || reactionOf(schema) !== "fine") return null;
  try {
    return readSchema(schema.answer)?.mapping ?? null;
  } catch {
    return null;
  }
}

function headersIn(answers: Answers | null): readonly string[] {
  if (answers === null) return [];
  return [answers.csv, answers.previous].flatMap((looked: Looked) =>
    looked.kind === "answer" && reactionOf(looked) === "fine" ? (tableOf(looked.answer)?.header ?? []) : [],
  );
}
