import { emailKey } from "../roster/email.js";
import type { LiveRoster } from "../roster/live-roster.js";
import type { Looker } from "../sei/look.js";
import { findRecords } from "../sei/shape/find-records.js";
import { isObject, type JsonObject } from "../sei/shape/json.js";
import type { AuthForm } from "../sei/transport/auth.js";
import { answerText, hasValue, isTaken, jsonOf, listPathIn } from "./answer-words.js";
import type { Notebook } from "./assumption.js";
import { READ_ASSUMPTIONS, type ReadId } from "./read-assumptions.js";

const PATH = "/v2/developers/identities";

/** What the identities look like. */
export async function measureIdentities(
  note: Notebook<ReadId>,
  looker: Looker,
  form: AuthForm,
  { developers, identities }: LiveRoster,
): Promise<void> {
  const page = await looker.get({ path: PATH, form, query: [["pageIndex", "0"]] });
  if (!isTaken(page)) {
    missAll(note, answerText(page));
    return;
  }
  const json = jsonOf(page);
  const path = listPathIn(json);
  note.saw("identities.wrapper", path === null ? "no list" : path === "" ? "a bare list" : path);
  const records = findRecords(json)?.records ?? [];
  const filled = records.map(entryOf).find((entry) => entry !== null);
  if (filled === undefined || filled === null) {
    missAll(note, "nobody has an identity");
    return;
  }
  note.saw("identities.shape", filled.nested ? "inside a record of the developer" : "a record each");
  const { email, id, identity } = filled;
  note.saw("identities.keys", [email, id.key, identity].join(", "));
  note.saw("identities.id", `a ${id.type}`);
  const holders = new Set((identities ?? []).map((one) => one.email));
  const listed = new Set(records.flatMap(emailsIn));
  const isListed = [...developers.keys()].some((key) => !holders.has(key) && listed.has(key));
  const isWhole = [...holders].every((holder) => listed.has(holder));
  const without = developers.size - [...developers.keys()].filter((key) => holders.has(key)).length;
  if (isListed) note.saw("identities.none", "listed");
  else if (isWhole && without > 0) note.saw("identities.none", "left out");
  else note.missed("identities.none", without === 0 ? "everybody has one" : "not all are on the first page");
  await measureFilter(note, looker, form, [...holders]);
}

async function measureFilter(
  note: Notebook<ReadId>,
  looker: Looker,
  form: AuthForm,
  holders: readonly string[],
): Promise<void> {
  const [one, other] = holders;
  if (one === undefined || other === undefined) {
    note.missed("identities.filter", "fewer than two have an identity");
    return;
  }
  const looked = await looker.get({ path: PATH, form, query: [["emails", one]] });
  if (!isTaken(looked)) {
    note.missed("identities.filter", answerText(looked));
    return;
  }
  const seen = new Set((findRecords(jsonOf(looked))?.records ?? []).flatMap(emailsIn));
  note.saw("identities.filter", seen.size === 1 && seen.has(one) ? "applied" : "ignored");
}

function missAll(note: Notebook<ReadId>, why: string): void {
  for (const { id } of READ_ASSUMPTIONS) if (id.startsWith("identities.")) note.missed(id, why);
}

interface Entry {
  readonly nested: boolean;
  readonly email: string;
  readonly id: { readonly key: string; readonly type: string };
  readonly identity: string;
}

/** The keys of the first identity in a record; null where there is none. */
function entryOf(record: JsonObject): Entry | null {
  const email = Object.keys(record).find((key) => /email/i.test(key));
  const inner = Object.values(record).find((value) => Array.isArray(value) && value.some(isObject));
  const nested = Array.isArray(inner) ? inner.find(isObject) : undefined;
  const holder = nested ?? record;
  const id = Object.entries(holder).find(([key, value]) => /integration/i.test(key) && value !== null);
  const rest = Object.entries(holder).find(
    ([key, value]) => /identity|cloud|user|login/i.test(key) && key !== id?.[0] && typeof value === "string",
  );
  if (email === undefined || id === undefined || rest === undefined) return null;
  return { nested: nested !== undefined, email, id: { key: id[0], type: typeof id[1] }, identity: rest[0] };
}

function emailsIn(record: JsonObject): readonly string[] {
  const found = Object.entries(record).find(([key, value]) => /email/i.test(key) && typeof value === "string");
  const own = found === undefined ? [] : [emailKey(String(found[1]))];
  return own.length > 0 || !hasValue(record, isObject) ? own : Object.values(record).filter(isObject).flatMap(emailsIn);
}
