import type { Strings } from "../../roster/strings.js";
import { type Columns, columnOf } from "../account/columns.js";
import { keyOf } from "../account/normalise.js";
import type { Dialect } from "../dialect/dialect.js";
import { BELOW_CYCLE, findCycles, NOBODY, ON_CYCLE } from "./cycles.js";
import type { ValidationError } from "./validation-error.js";

/**
 * The rules about records, for a dataset as it would be: all errors at once, one per type and field.
 *
 * Source: Troubleshooting, "Error types". REQUIRED_VALUE_MISSING is about name and email alone; a manager may be blank. A rule
 * whose column is not mapped is not checked.
 */
export function checkRecords(records: readonly Strings[], columns: Columns, dialect: Dialect): ValidationError[] {
  const name = columnOf(columns, "NAME");
  const email = columnOf(columns, "EMAIL");
  const manager = columnOf(columns, "MANAGER_EMAIL");
  const errors: ValidationError[] = [];
  for (const [field, column] of [["NAME", name] as const, ["EMAIL", email] as const]) {
    if (column === undefined) continue;
    const blank = records.filter((values) => (values[column] ?? "").trim() === "");
    if (blank.length > 0) errors.push({ errorType: "REQUIRED_VALUE_MISSING", field, developers: blank });
  }
  if (email === undefined) return errors;

  const keys = records.map((values) => keyOf(values[email] ?? "", dialect));
  // Who shares an email is one developer: at the position of the first of them.
  const positions = new Map<string, number>();
  const twice = new Set<string>();
  keys.forEach((key, index) => {
    if (!positions.has(key)) positions.set(key, index);
    else if (key !== "") twice.add(key);
  });
  if (twice.size > 0) {
    const shared = records.filter((_, index) => twice.has(keys[index] ?? ""));
    errors.push({ errorType: "DUPLICATE_EMAIL", field: "EMAIL", developers: shared });
  }
  if (manager === undefined) return errors;

  const managers = new Int32Array(records.length).fill(NOBODY);
  const lost: Strings[] = [];
  records.forEach((values, index) => {
    const key = keys[index] ?? "";
    const boss = keyOf(values[manager] ?? "", dialect);
    if (boss === "" || (boss === key && dialect.selfManager === "root")) return;
    const above = positions.get(boss);
    if (above === undefined) {
      lost.push(values);
      return;
    }
    const position = positions.get(key) ?? index;
    if (managers[position] === NOBODY) managers[position] = above;
  });
  const cycles = findCycles(managers);
  const circular = records.filter((_, index) => {
    const found = cycles[positions.get(keys[index] ?? "") ?? index];
    return found === ON_CYCLE || (dialect.cycleCount === "below" && found === BELOW_CYCLE);
  });
  if (circular.length > 0) {
    const field = dialect.cycleFieldName === "manager" ? "MANAGER_EMAIL" : null;
    errors.push({ errorType: "CIRCULAR_REFERENCE", field, developers: circular });
  }
  if (lost.length > 0) {
    errors.push({ errorType: "MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS", field: "MANAGER_EMAIL", developers: lost });
  }
  return errors;
}
