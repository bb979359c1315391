import type { Strings } from "../../roster/strings.js";
import type { Account } from "../account/account.js";
import { type Columns, columnOf } from "../account/columns.js";
import { keyOf } from "../account/normalise.js";
import type { Dialect } from "../dialect/dialect.js";
import type { ValidationError } from "./validation-error.js";

/**
 * MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS for managers who come with the batch itself, in dialects that look for them among
 * those who are there already.
 *
 * @param given the records of the batch, in its order
 */
export function checkManagersInBatch(
  { developers }: Account,
  given: readonly Strings[],
  columns: Columns,
  dialect: Dialect,
): readonly ValidationError[] {
  const email = columnOf(columns, "EMAIL") ?? "";
  const manager = columnOf(columns, "MANAGER_EMAIL");
  if (dialect.upsertManagers === "after" || manager === undefined) return [];
  const inBatch = new Set(given.map((values) => keyOf(values[email] ?? "", dialect)));
  const earlier = new Set<string>();
  const lost = given.filter((values) => {
    const key = keyOf(values[email] ?? "", dialect);
    const boss = keyOf(values[manager] ?? "", dialect);
    if (dialect.upsertManagers === "inOrder") earlier.add(key);
    // Who is not in the batch either is found by the rules about the whole.
    return inBatch.has(boss) && boss !== key && !developers.has(boss) && !earlier.has(boss);
  });
  if (lost.length === 0) return [];
  return [{ errorType: "MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS", field: "MANAGER_EMAIL", developers: lost }];
}
