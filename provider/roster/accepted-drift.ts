import type { Change } from "./change.js";
import { canonicalJson, checksum } from "./checksum.js";
import { byText } from "./strings.js";

/**
 * One difference that somebody has accepted. A developer with two drifted fields has two. It names whom and what, and
 * holds the values as a checksum, so that the same field drifting on is new drift.
 */
export interface AcceptedDrift {
  readonly kind: Change["kind"];
  /** Whom it concerns; of a mapping, nobody. */
  readonly email?: string;
  /** The column, of an update or a mapping. */
  readonly field?: string;
  readonly integrationId?: number;
  /** The first 16 digits of the checksum of the values; of who is missing or too many there are none. */
  readonly values?: string;
}

/** What is left of a drift when the accepted part is taken out. */
export interface NewDrift {
  readonly changes: readonly Change[];
  /** How many differences are accepted. */
  readonly accepted: number;
  /** Accepted once, and no difference any more: they should be taken out, or they would hide the same drift again. */
  readonly gone: readonly AcceptedDrift[];
}

/**
 * Every difference of a drift, sorted: what is accepted by accepting it.
 *
 * @example
 * acceptedDrift([{ kind: "delete", email: "ada@example.com", before }]); // [{ kind: "delete", email: "ada@example.com" }]
 */
export function acceptedDrift(changes: readonly Change[]): readonly AcceptedDrift[] {
  return changes.flatMap(partsOf).sort((a, b) => byText(keyOf(a), keyOf(b)));
}

/** Takes the accepted differences out. A developer of whom only some fields are accepted keeps the others. */
export function newDrift(changes: readonly Change[], accepted: readonly AcceptedDrift[]): NewDrift {
  const known = new Set(accepted.map(keyOf));
  const met = new Set<string>();
  const isKnown = (part: AcceptedDrift): boolean => {
    const key = keyOf(part);
    if (!known.has(key)) return false;
    met.add(key);
    return true;
  };
  const left = changes.flatMap((change): readonly Change[] => {
    const parts = partsOf(change);
    if (change.kind !== "update") return parts.every(isKnown) ? [] : [change];
    const fields = change.fields.filter((_field, index) => !isKnown(parts[index] as AcceptedDrift));
    return fields.length === 0 ? [] : [{ ...change, fields }];
  });
  return { changes: left, accepted: met.size, gone: accepted.filter((one) => !met.has(keyOf(one))) };
}

/** Of an update, one for each field, in its order. */
function partsOf(change: Change): readonly AcceptedDrift[] {
  switch (change.kind) {
    case "create":
    case "delete":
      return [{ kind: change.kind, email: change.email }];
    case "rename": {
      const { kind, email, previousEmail, fields } = change;
      return [{ kind, email, values: sum([previousEmail, fields]) }];
    }
    case "update":
      return change.fields.map(({ field, before, after }) => ({
        kind: change.kind,
        email: change.email,
        field,
        values: sum([before, after]),
      }));
    case "setIdentity": {
      const { kind, email, integrationId, before, after, movedFrom } = change;
      return [{ kind, email, integrationId, values: sum([before, after, movedFrom]) }];
    }
    case "mapField": {
      const { kind, column, before, after, renamedFrom, renamedTo } = change;
      const others = [renamedFrom, renamedTo].filter((other) => other !== undefined);
      return [{ kind, field: column, values: sum([before, after, ...others]) }];
    }
  }
}

function sum(values: readonly unknown[]): string {
  return checksum(values).slice(0, 16);
}

function keyOf(part: AcceptedDrift): string {
  return canonicalJson(part);
}
