import { type Strings, strings } from "../../roster/strings.js";
import type { Dialect } from "../dialect/dialect.js";
import type { Columns } from "./columns.js";

type EmailRules = Pick<Dialect, "emails">;

/** What two emails are compared by. */
export function keyOf(email: string, { emails }: EmailRules): string {
  const trimmed = email.trim();
  return emails === "caseSensitive" ? trimmed : trimmed.toLowerCase();
}

/** An email as it is stored: always trimmed, and in lower case where the dialect says so. */
export function storedEmail(email: string, { emails }: EmailRules): string {
  return emails === "lower" ? email.trim().toLowerCase() : email.trim();
}

/** Every column's value as it is stored; a column that the values do not have is blank. */
export function normalise(values: Strings, columns: Columns, dialect: Dialect): Strings {
  return strings(
    columns.map(({ name, type }) => {
      const value = values[name] ?? "";
      if (type === "EMAIL" || type === "MANAGER_EMAIL") return [name, storedEmail(value, dialect)];
      const text = dialect.unicode === "composed" ? value.normalize("NFC") : value;
      return [name, dialect.values === "trimmed" ? text.trim() : text];
    }),
  );
}
