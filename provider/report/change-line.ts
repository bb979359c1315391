import type { Change, FieldChange } from "../roster/change.js";
import { oneLine, type People, showEmail, showValue } from "./people.js";

/**
 * One line for one change, such as `~ bob@example.com  Manager Email: "ada@example.com" -> "eve@example.com"`.
 */
export function changeLine(change: Change, people: People): string {
  switch (change.kind) {
    case "create":
      return `+ ${showEmail(change.email, people)}${name(change.after.name, people)} joins`;
    case "update":
      return `~ ${showEmail(change.email, people)}  ${change.fields.map((field) => fieldChange(field, people)).join("; ")}`;
    case "delete":
      return `- ${showEmail(change.email, people)}${name(change.before.name, people)} leaves`;
    case "setIdentity":
      return `@ ${showEmail(change.email, people)}  integration ${change.integrationId}: ${identity(change, people)}`;
    case "mapField":
      return `* column ${showValue(change.column)}: ${change.before ?? "none"} -> ${change.after ?? "none"}`;
  }
}

function name(value: string, people: People): string {
  return people === "names" && value !== "" ? `  ${oneLine(value)}` : "";
}

function fieldChange({ field, before, after }: FieldChange, people: People): string {
  const column = oneLine(field);
  if (people !== "names") return `${column} ${after === "" ? "is cleared" : "changes"}`;
  return `${column}: ${showValue(before)} -> ${showValue(after)}`;
}

function identity({ before, after, movedFrom }: Extract<Change, { kind: "setIdentity" }>, people: People): string {
  const moved = movedFrom === null ? "" : `, taken from ${showEmail(movedFrom, people)}`;
  if (people !== "names") return `${before === null ? "is set" : "changes"}${moved}`;
  return `${before === null ? "none" : showValue(before)} -> ${showValue(after)}${moved}`;
}
