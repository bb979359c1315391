import { type Change, changesOf, type FieldChange, type SetIdentityChange } from "../roster/change.js";
import { oneLine, type People, showEmail, showValue } from "./people.js";

/**
 * One line for each developer who changes, with everything that changes of them, such as
 * `~ bob@example.com  Manager Email: "ada@example.com" -> "eve@example.com"; integration 101: none -> "bob"`.
 */
export function developerLines(changes: readonly Change[], people: People): readonly string[] {
  const identities = new Map<string, string[]>();
  for (const change of changesOf(changes, "setIdentity")) {
    const own = identities.get(change.email);
    if (own === undefined) identities.set(change.email, [identityWords(change, people)]);
    else own.push(identityWords(change, people));
  }
  const lines = changes.flatMap((change): string[] => {
    if (change.kind === "mapField" || change.kind === "setIdentity") return [];
    const also = identities.get(change.email) ?? [];
    identities.delete(change.email);
    return [[developerWords(change, people), ...also].join("; ")];
  });
  // Who is left here changes in nothing but identities.
  const rest = [...identities].map(([email, words]) => `~ ${showEmail(email, people)}  ${words.join("; ")}`);
  return [...lines, ...rest];
}

/** The columns that the field mapping gets or loses, on one line; none: no line. */
export function mappingLines(changes: readonly Change[]): readonly string[] {
  const mapped = changesOf(changes, "mapField");
  if (mapped.length === 0) return [];
  const words = mapped.map(({ column, before, after }) => {
    const was = before === null ? "" : `${before} -> `;
    return `${showValue(column)} (${was}${after ?? "dropped"})`;
  });
  return [`* columns ${words.join(", ")}`];
}

function developerWords(change: Exclude<Change, { kind: "mapField" | "setIdentity" }>, people: People): string {
  const who = showEmail(change.email, people);
  switch (change.kind) {
    case "create": {
      const boss = change.after.managerEmail;
      const since = change.due === undefined ? "" : ` as of ${change.due}`;
      return `+ ${who}${nameWords(change.after.name, people)} joins${since}${boss === "" ? "" : `, reports to ${showEmail(boss, people)}`}`;
    }
    case "update":
      return `~ ${who}  ${change.fields.map((field) => fieldWords(field, people)).join("; ")}`;
    case "delete":
      return `- ${who}${nameWords(change.before.name, people)} leaves${change.due === undefined ? "" : `, last day ${change.due}`}`;
  }
}

function nameWords(value: string, people: People): string {
  return people === "names" && value !== "" ? `  ${oneLine(value)}` : "";
}

function fieldWords({ field, before, after }: FieldChange, people: People): string {
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
