import type { Strings } from "../../roster/strings.js";
import type { Account } from "../account/account.js";
import { type Columns, columnOf } from "../account/columns.js";
import { keyOf } from "../account/normalise.js";
import type { Dialect } from "../dialect/dialect.js";
import { checkRecords } from "./check-records.js";
import type { ValidationError } from "./validation-error.js";

type Developers = Account["developers"];

/** A write to some developers, whose outcome is to be checked. */
export interface Changed {
  readonly before: Developers;
  readonly after: Developers;
  /** The keys of all who are new or other than before. */
  readonly touched: ReadonlySet<string>;
  /** The keys of all who were there before; some may be there again. */
  readonly gone: ReadonlySet<string>;
  /** All records as they would be, in the order in which errors name them; two of one email are two. */
  readonly records: () => readonly Strings[];
  /** False where `records` has more than `after` does. */
  readonly unique: boolean;
}

/** The developers whose records are right, with the columns that they have. */
const right = new WeakMap<Developers, Columns>();

/** The same errors as {@link checkRecords} of everybody; but where everybody was right before, only who changed is looked at. */
export function checkChanged(changed: Changed, columns: Columns, dialect: Dialect): ValidationError[] {
  const staysRight = right.get(changed.before) === columns && changed.unique && isRight(changed, columns, dialect);
  const errors = staysRight ? [] : checkRecords(changed.records(), columns, dialect);
  if (errors.length === 0) right.set(changed.after, columns);
  return errors;
}

function isRight({ after, touched, gone }: Changed, columns: Columns, dialect: Dialect): boolean {
  const [name, email, manager] = (["NAME", "EMAIL", "MANAGER_EMAIL"] as const).map((type) => columnOf(columns, type));
  if (name === undefined || email === undefined) return false;
  for (const key of touched) {
    const values = after.get(key)?.values;
    if ((values?.[name] ?? "").trim() === "" || (values?.[email] ?? "").trim() === "") return false;
  }
  if (manager === undefined) return true;
  const managerOf = (key: string) => {
    const boss = keyOf(after.get(key)?.values[manager] ?? "", dialect);
    return boss === "" || (boss === key && dialect.selfManager === "root") ? null : boss;
  };
  if (gone.size > 0) {
    for (const { values } of after.values()) {
      const boss = keyOf(values[manager] ?? "", dialect);
      if (gone.has(boss) && !after.has(boss)) return false;
    }
  }
  // A new circle has somebody on it who changed, so it is met on the way up from there.
  const clear = new Set<string>();
  for (const key of touched) {
    const path = new Set<string>();
    for (let at: string | null = key; at !== null && !clear.has(at); at = managerOf(at)) {
      if (path.has(at) || !after.has(at)) return false;
      path.add(at);
    }
    for (const each of path) clear.add(each);
  }
  return true;
}
