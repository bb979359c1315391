import type { Change, FieldChange } from "../roster/change.js";
import type { Developer } from "../roster/developer.js";
import { byText } from "../roster/strings.js";
import { type People, showEmail } from "./people.js";

/** Who may be named in JSON; counts alone are no plan. */
export type JsonPeople = Exclude<People, "none">;

/**
 * One change of a plan as plain data, in a fixed order of keys. Masked, it says what changes and of whom by the first
 * letter, and no value, name or login.
 */
export function changeJson(change: Change, people: JsonPeople): Readonly<Record<string, unknown>> {
  const named = people === "names";
  const who = (email: string) => jsonEmail(email, people);
  switch (change.kind) {
    case "create": {
      const { kind, email, after, due } = change;
      return {
        kind,
        email: who(email),
        ...(named ? { name: after.name, after: recordJson(after) } : {}),
        ...(due === undefined ? {} : { due }),
      };
    }
    case "rename": {
      const { kind, email, previousEmail, before, after, fields, isRest } = change;
      return {
        kind,
        email: who(email),
        previousEmail: who(previousEmail),
        ...(named ? { name: after.name, before: recordJson(before), after: recordJson(after) } : {}),
        fields: fields.map((field) => fieldJson(field, named)),
        ...(isRest === true ? { isRest } : {}),
      };
    }
    case "update": {
      const { kind, email, before, after, fields } = change;
      return {
        kind,
        email: who(email),
        ...(named ? { name: after.name, before: recordJson(before), after: recordJson(after) } : {}),
        fields: fields.map((field) => fieldJson(field, named)),
      };
    }
    case "delete": {
      const { kind, email, before, due } = change;
      return {
        kind,
        email: who(email),
        ...(named ? { name: before.name, before: recordJson(before) } : {}),
        ...(due === undefined ? {} : { due }),
      };
    }
    case "setIdentity": {
      const { kind, email, integrationId, before, after, movedFrom } = change;
      return {
        kind,
        email: who(email),
        integrationId,
        ...(named ? { before, after } : {}),
        movedFrom: movedFrom === null ? null : who(movedFrom),
      };
    }
    case "mapField": {
      const { kind, column, before, after, renamedFrom, renamedTo, values } = change;
      return {
        kind,
        column,
        before,
        after,
        ...(renamedFrom === undefined ? {} : { renamedFrom }),
        ...(renamedTo === undefined ? {} : { renamedTo }),
        ...(values === undefined ? {} : { values }),
      };
    }
  }
}

/** An address in JSON: as it is, because JSON escapes what could do harm, or masked. */
export function jsonEmail(email: string, people: JsonPeople): string {
  return people === "names" ? email : showEmail(email, "masked");
}

/** The columns are sorted: their order in the account says nothing about a person. */
function recordJson({ name, managerEmail, attributes }: Developer) {
  const sorted: Record<string, string> = Object.create(null);
  for (const [column, value] of Object.entries(attributes).sort(([a], [b]) => byText(a, b))) sorted[column] = value;
  return { name, managerEmail, attributes: sorted };
}

function fieldJson({ field, before, after, sameManager }: FieldChange, named: boolean) {
  return {
    field,
    ...(named ? { before, after } : {}),
    ...(sameManager === true ? { sameManager } : {}),
  };
}
