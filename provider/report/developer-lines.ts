import {
  type Change,
  changesOf,
  type FieldChange,
  type RenameChange,
  type SetIdentityChange,
} from "../roster/change.js";
import { oneLine, type People, showEmail, showValue } from "./people.js";

/**
 * One line for each developer who changes, with everything that changes of them, such as
 * `~ bob@example.com  Manager Email: "ada@example.com" -> "eve@example.com"; integration 101: none -> "bob"`.
 */
export function developerLines(changes: readonly Change[], people: People): readonly string[] {
  const coming = comingAlong(changes);
  const identities = new Map<string, string[]>();
  for (const change of changesOf(changes, "setIdentity")) {
    if (comesAlong(change, coming)) continue;
    const own = identities.get(change.email);
    if (own === undefined) identities.set(change.email, [identityWords(change, people)]);
    else own.push(identityWords(change, people));
  }
  const lines = changes.flatMap((change): string[] => {
    if (change.kind === "mapField" || change.kind === "setIdentity") return [];
    const also = identities.get(change.email) ?? [];
    identities.delete(change.email);
    return [[...developerWords(change, coming, people), ...also].join("; ")];
  });
  // Who is left here changes in nothing but identities.
  const rest = [...identities].map(([email, words]) => `~ ${showEmail(email, people)}  ${words.join("; ")}`);
  return [...lines, ...rest];
}

/** The columns that the field mapping gets or loses, on one line; none: no line. */
export function mappingLines(changes: readonly Change[]): readonly string[] {
  const mapped = changesOf(changes, "mapField");
  if (mapped.length === 0) return [];
  const words = mapped.flatMap(({ column, before, after, renamedFrom, renamedTo, values }) => {
    // The column that it becomes says so.
    if (renamedTo !== undefined) return [];
    const was = before === null ? "" : `${before} -> `;
    const from = renamedFrom === undefined ? "" : `, was ${showValue(renamedFrom)}`;
    const lost = values === undefined || values === 0 ? "" : `, with ${values} value${values === 1 ? "" : "s"}`;
    return [`${showValue(column)} (${was}${after ?? "dropped"}${from}${lost})`];
  });
  return [`* columns ${words.join(", ")}`];
}

/** How many identities only follow a developer from one address to another: they are counted, not listed. */
type ComingAlong = ReadonlyMap<string, number>;

function comingAlong(changes: readonly Change[]): ComingAlong {
  const counts = new Map(changesOf(changes, "rename").map((one) => [pairOf(one.previousEmail, one.email), 0]));
  for (const change of changesOf(changes, "setIdentity")) {
    const pair = pairOf(change.movedFrom, change.email);
    if (comesAlong(change, counts)) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return counts;
}

function comesAlong({ email, before, movedFrom }: SetIdentityChange, coming: ComingAlong): boolean {
  return before === null && coming.has(pairOf(movedFrom, email));
}

function pairOf(from: string | null, to: string): string {
  return `${from ?? ""} ${to}`;
}

function developerWords(
  change: Exclude<Change, { kind: "mapField" | "setIdentity" }>,
  coming: ComingAlong,
  people: People,
): readonly string[] {
  const who = showEmail(change.email, people);
  switch (change.kind) {
    case "create": {
      const boss = change.after.managerEmail;
      const since = change.due === undefined ? "" : ` as of ${change.due}`;
      const under = boss === "" ? "" : `, reports to ${showEmail(boss, people)}`;
      return [`+ ${who}${nameWords(change.after.name, people)} joins${since}${under}`];
    }
    case "rename":
      return [renameWords(change, coming, people), ...change.fields.map((field) => fieldWords(field, people))];
    case "update":
      return [`~ ${who}  ${change.fields.map((field) => fieldWords(field, people)).join("; ")}`];
    case "delete": {
      const last = change.due === undefined ? "" : `, last day ${change.due}`;
      return [`- ${who}${nameWords(change.before.name, people)} leaves${last}`];
    }
  }
}

function renameWords(change: RenameChange, coming: ComingAlong, people: People): string {
  const { email, previousEmail, after, isRest } = change;
  const own = coming.get(pairOf(previousEmail, email)) ?? 0;
  const along = own === 0 ? "" : `, with ${own} ${own === 1 ? "identity" : "identities"}`;
  const name = nameWords(after.name, people);
  const rest = isRest === true ? ", and the old record goes" : "";
  return `> ${showEmail(email, people)}${name}, was ${showEmail(previousEmail, people)}${along}${rest}`;
}

function nameWords(value: string, people: People): string {
  return people === "names" && value !== "" ? `  ${oneLine(value)}` : "";
}

function fieldWords({ field, before, after, sameManager }: FieldChange, people: People): string {
  if (sameManager === true) return `reports to ${showEmail(after, people)} (renamed)`;
  const column = oneLine(field);
  if (people !== "names") return `${column} ${after === "" ? "is cleared" : "changes"}`;
  return `${column}: ${showValue(before)} -> ${showValue(after)}`;
}

function identityWords({ integrationId, before, after, movedFrom }: SetIdentityChange, people: People): string {
  const moved = movedFrom === null ? "" : `, taken from ${showEmail(movedFrom, people)}`;
  const words =
    people === "names"
      ? `${before === null ? "" : `${showValue(before)} -> `}${showValue(after)}`
      : before === null
        ? "is set"
        : "changes";
  return `integration ${integrationId}: ${words}${moved}`;
}
