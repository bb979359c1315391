import { emailKey } from "../roster/email.js";
import { columnsOf } from "../roster/field-mapping.js";
import type { LiveRoster } from "../roster/live-roster.js";
import type { Looked, Looker } from "../sei/look.js";
import { findRecords } from "../sei/shape/find-records.js";
import { isObject, type JsonObject } from "../sei/shape/json.js";
import { isReferenceName, isSystemName, isUsualName } from "../sei/shape/names.js";
import type { AuthForm } from "../sei/transport/auth.js";
import {
  answerText,
  bodyKind,
  hasValue,
  isRefused,
  isTaken,
  jsonOf,
  listPathIn,
  nestedIn,
  statusOf,
  totalPathIn,
} from "./answer-words.js";
import type { Notebook } from "./assumption.js";
import type { ReadId } from "./read-assumptions.js";

const PATH = "/v2/developers";
const FIRST = [
  ["pageIndex", "0"],
  ["pageSize", "100"],
] as const;

/** What the pages of developers look like, and what a query does. */
export async function measureList(
  note: Notebook<ReadId>,
  looker: Looker,
  form: AuthForm,
  live: LiveRoster,
): Promise<void> {
  const get = (query: readonly (readonly [string, string])[]) => looker.get({ path: PATH, form, query });
  let page = await get(FIRST);
  // Some servers refuse what is larger than their largest page.
  if (isRefused(page)) page = await get([FIRST[0], ["pageSize", "10"]]);
  measurePage(note, page, live);
  const [usual, tooLarge, beyond, half, unknown] = await Promise.all([
    get([]),
    get([FIRST[0], ["pageSize", "2000000000"]]),
    get([
      ["pageIndex", "100000000"],
      ["pageSize", "10"],
    ]),
    get([["searchKey", "name"]]),
    get([
      ["searchKey", "no-such-field-of-anybody"],
      ["searchValue", "nothing"],
    ]),
  ]);
  measureSize(note, usual, live.developers.size);
  judge(note, "list.too-large", tooLarge, () => "cut down", "refused");
  judge(
    note,
    "list.beyond",
    beyond,
    (rows) => (rows === 0 ? "empty" : "not empty"),
    `refused with ${statusOf(beyond)}`,
  );
  judge(note, "list.half-search", half, () => "ignored", "refused");
  judge(note, "list.unknown-search", unknown, (rows) => (rows === 0 ? "nobody" : "everybody"), "refused");
  const refused = [half, unknown, beyond].find((one) => statusOf(one) === 400);
  if (refused !== undefined) note.saw("errors.body", bodyKind(refused));
  await measureSeveral(note, get, live);
}

/** Takes down what a query came to, by the number of rows, or that it was refused. */
function judge(
  note: Notebook<ReadId>,
  id: ReadId,
  looked: Looked,
  taken: (rows: number) => string,
  refused: string,
): void {
  const rows = isTaken(looked) ? findRecords(jsonOf(looked))?.records.length : undefined;
  if (rows !== undefined) note.saw(id, taken(rows));
  else if (isRefused(looked)) note.saw(id, refused);
  else note.missed(id, answerText(looked));
}

function measurePage(note: Notebook<ReadId>, page: Looked, live: LiveRoster): void {
  if (!isTaken(page)) return;
  const json = jsonOf(page);
  const path = listPathIn(json);
  const records = findRecords(json)?.records ?? [];
  note.saw("list.wrapper", path === null ? "no list" : path === "" ? "a bare list" : path);
  note.saw("list.total", totalPathIn(json) ?? "none");
  note.saw("list.echo", hasKeys(json, ["pageIndex", "pageSize"]) ? "yes" : "no");
  const [first] = records;
  if (first === undefined) return;
  note.saw("list.keys", keysText(records, live));
  note.saw("list.id", idText(first));
  measureBlank(note, records, live);
  measureOrder(note, records, live);
}

function hasKeys(json: unknown, keys: readonly string[]): boolean {
  return hasObject(json, (object) => keys.every((key) => typeof object[key] === "number"));
}

function hasObject(json: unknown, fits: (object: JsonObject) => boolean): boolean {
  return hasValue(json, (value) => isObject(value) && fits(value));
}

function keysText(records: readonly JsonObject[], { mapping }: LiveRoster): string {
  const nested = records.flatMap(nestedIn)[0];
  if (nested !== undefined) return `${nested[1] === "list" ? "a list" : "an object"} in ${nested[0]}`;
  const columns = mapping === null ? [] : columnsOf(mapping).map(([column]) => column);
  // A column that is blank everywhere may be left out.
  const strange = records
    .flatMap((record) => Object.keys(record))
    .filter((key) => !columns.includes(key) && !isId(key));
  return strange.length === 0 ? "flat, the columns" : "flat, other spellings";
}

function isId(key: string): boolean {
  return isReferenceName(key) || isSystemName(key);
}

function idText(record: JsonObject): string {
  const found = Object.entries(record).find(([key]) => /^(developer)?_?ref_?id$/i.test(key) || key === "id");
  if (found === undefined) return "none";
  return `${found[0]}, a ${typeof found[1]}`;
}

function measureBlank(note: Notebook<ReadId>, records: readonly JsonObject[], { developers }: LiveRoster): void {
  const blank = records.filter((record) => {
    const [, email] = Object.entries(record).find(([key]) => isUsualName("EMAIL", key)) ?? [];
    const known = typeof email === "string" ? developers.get(emailKey(email)) : undefined;
    return known !== undefined && (known.managerEmail === "" || Object.values(known.attributes).includes(""));
  });
  if (blank.length === 0) note.missed("list.blank", "nobody on the first page has a blank value");
  else if (hasValue(blank, (value) => value === null)) note.saw("list.blank", "null");
  else note.saw("list.blank", hasValue(blank, (value) => value === "") ? "an empty string" : "left out");
}

function measureOrder(note: Notebook<ReadId>, records: readonly JsonObject[], { developers }: LiveRoster): void {
  // Developers as they come: the client keeps the order of the list.
  const people = [...developers.values()].slice(0, records.length);
  const byName = isSorted(people.map(({ name }) => name.toLowerCase()));
  const byEmail = isSorted(people.map(({ email }) => email));
  if (people.length < 3 || (byName && byEmail)) {
    note.missed("list.order", "it cannot be told: too few people, or both orders are the same");
    return;
  }
  note.saw("list.order", byName ? "by name" : byEmail ? "by email" : "another one");
}

function isSorted(texts: readonly string[]): boolean {
  return texts.every((text, at) => at === 0 || (texts[at - 1] ?? "") <= text);
}

function measureSize(note: Notebook<ReadId>, usual: Looked, people: number): void {
  const rows = isTaken(usual) ? findRecords(jsonOf(usual))?.records.length : undefined;
  if (rows === undefined) {
    note.missed("list.size", answerText(usual));
    return;
  }
  if (rows < people) note.saw("list.size", String(rows));
  else note.missed("list.size", `there are only ${people} developers`);
}

async function measureSeveral(
  note: Notebook<ReadId>,
  get: (query: readonly (readonly [string, string])[]) => Promise<Looked>,
  { developers }: LiveRoster,
): Promise<void> {
  const two = [...developers.keys()].filter((email) => !/[,;\s]/.test(email)).slice(0, 2);
  if (two.length < 2) {
    for (const id of ["list.repeated", "list.commas"] as const) note.missed(id, "there are fewer than two developers");
    return;
  }
  const [repeated, commas] = await Promise.all([
    get([...two.map((email) => ["emails", email] as const), ...FIRST.slice(0, 1)]),
    get([["emails", two.join(",")], ...FIRST.slice(0, 1)]),
  ]);
  const text = (rows: number) => (rows === 2 ? "all" : rows === 1 ? "one of them" : rows === 0 ? "none" : "not at all");
  judge(note, "list.repeated", repeated, text, "refused");
  judge(note, "list.commas", commas, text, "refused");
}
