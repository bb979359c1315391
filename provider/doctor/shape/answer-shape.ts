import { isTable, readTable, type Table } from "../../sei/codec/csv.js";
import { isHtml } from "../../sei/errors/from-answer.js";
import type { Looked } from "../../sei/look.js";
import type { Answer } from "../../sei/transport/request.js";
import { reactionOf } from "../reaction.js";
import { isApiName } from "./api-words.js";
import type { KeyNamer, KeyPlace } from "./key-namer.js";
import { type Shape, shapeOf } from "./shape-of.js";

/** An answer without anything that belongs to the account. */
export interface AnswerShape {
  /** `GET /v2/developers`: one of ours, never with its query. */
  readonly request: string;
  /** What it was asked for. */
  readonly wanted: string;
  /** null: there was no answer. */
  readonly status: number | null;
  /** Of the content: one of the usual types, or `other`. */
  readonly type: string;
  /** Names of headers that are made of words of APIs. */
  readonly headers: readonly string[];
  readonly body: Shape;
}

/** @param place `record` when the keys of the body itself may be columns, as in a schema */
export function answerShape(
  looked: Looked,
  request: string,
  wanted: "JSON" | "CSV",
  nameOf: KeyNamer,
  place: KeyPlace,
): AnswerShape {
  if (looked.kind === "none") return { request, wanted, status: null, type: "none", headers: [], body: "no answer" };
  const { answer } = looked;
  return {
    request,
    wanted,
    status: answer.status,
    type: typeOf(answer.headers.get("content-type") ?? ""),
    headers: [...answer.headers.keys()].filter((name) => isApiName(name)).sort(),
    body: bodyShape(answer, wanted, nameOf, reactionOf(looked) === "fine" ? place : "around"),
  };
}

function bodyShape(answer: Answer, wanted: "JSON" | "CSV", nameOf: KeyNamer, place: KeyPlace): Shape {
  if (answer.text.trim() === "") return "empty";
  if (isHtml(answer.text)) return "an HTML page";
  if (answer.json !== undefined) return shapeOf(answer.json, nameOf, place);
  const table = wanted === "CSV" && answer.status < 300 ? tableOf(answer) : null;
  if (table === null) return "text";
  return {
    header: table.header.map((name) => nameOf(name, "record")),
    rows: table.rows.length === 0 ? "none" : "some",
    "line ends": answer.text.includes("\r\n") ? "CRLF" : "LF",
    quotes: answer.text.startsWith('"') ? "always" : "where needed",
  };
}

/** The CSV of an answer; null when it is none. */
export function tableOf(answer: Answer): Table | null {
  if (!isTable(answer)) return null;
  try {
    return readTable(answer);
  } catch {
    return null;
  }
}

const TYPES = ["application/json", "application/problem+json", "text/csv", "text/html", "text/plain"];

function typeOf(contentType: string): string {
  if (contentType === "") return "none";
  return TYPES.find((type) => contentType.toLowerCase().startsWith(type)) ?? "other";
}
