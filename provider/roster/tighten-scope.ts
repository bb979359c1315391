import { columnKey } from "./field-mapping.js";
import type { Scope } from "./scope.js";
import { byText } from "./strings.js";
import { LooserError } from "./tighten.js";

/**
 * The scope, where the source and a flag may both say one. The flag may only narrow: name fewer values of a column, or
 * one more column.
 *
 * @throws LooserError
 * @example
 * tightenScope(new Map([["Team", ["Billing", "Payments"]]]), new Map([["team", ["Billing"]]]));
 * // Map { "Team" => ["Billing"] }
 */
export function tightenScope(source: Scope | null, flag: Scope): Scope | null {
  if (flag.size === 0) return source;
  const tight = new Map(source ?? []);
  for (const [written, values] of flag) {
    const column = [...tight.keys()].find((known) => columnKey(known) === columnKey(written)) ?? written;
    const allowed = tight.get(column);
    const beyond = values.find((value) => allowed !== undefined && !allowed.includes(value));
    if (beyond !== undefined) {
      throw new LooserError(
        `scope: ${written}=${beyond} is outside of the source's scope (${column}: ${allowed?.join(", ")}). Change the source`,
      );
    }
    tight.set(column, [...new Set(values)].sort(byText));
  }
  return new Map([...tight].sort(([a], [b]) => byText(a, b)));
}
