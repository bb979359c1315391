import type { Rule } from "./rule.js";

const api = 'Upload and Manage Developer Records, Troubleshooting, "Error types"';

/** The errors that the API documents, by its own names. */
export const API_RULES: readonly Rule[] = [
  {
    name: "BLANK_CSV_COLUMN_NAME",
    severity: "error",
    title: "A column has no name",
    means:
      "A column of a CSV has values and no name, or the name of a column in YAML is blank. Nobody can say what its values mean.",
    fix: "Give the column a name, or take it out.",
    api,
  },
  {
    name: "CIRCULAR_REFERENCE",
    severity: "error",
    title: "Developers report to each other in a circle",
    means: "Following the managers upwards leads back to the same person. The message shows the path.",
    fix: "Give one of them another manager, or nobody.",
    api,
  },
  {
    name: "DUPLICATE_EMAIL",
    severity: "error",
    title: "A developer is declared more than once",
    means:
      "The email is the key of a developer. Case and spaces around an address do not tell two people apart. The message names both places, which may be in two files.",
    fix: "Keep one of them.",
    api,
  },
  {
    name: "EMPTY_CSV",
    severity: "error",
    title: "A CSV file declares nobody",
    means:
      "The file is empty, or has a header and no row. That is what an export that went wrong looks like, so it never means that everybody left.",
    fix: "Check that the export is whole, or take the file out of the source.",
    api,
  },
  {
    name: "INVALID_CSV",
    severity: "error",
    title: "The text is not CSV",
    means:
      "A quote stands where none can stand, or the bytes are no text in the encoding of the file. What the rest of the file means is then not known.",
    fix: "Correct the place that the finding shows; a value with a quote, the delimiter or a line break is written in quotes.",
    api,
  },
  {
    name: "MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS",
    severity: "error",
    title: "A manager is not on the roster",
    means:
      "Whoever manages somebody is a developer of the roster too. With `scope`, a manager may live outside of the source; a plan then looks for them in the live roster.",
    fix: "Declare the manager, or name another one. The hint names an address that is spelled nearly the same.",
    api,
  },
  {
    name: "MISSING_NAME_OR_EMAIL_OR_MANAGER_EMAIL_FIELD_MAPPING",
    severity: "error",
    title: "The field mapping is not whole",
    means: "`fields` must say which column is the name, which is the email and which is the manager's email.",
    fix: "Add the missing key. Left out altogether, `fields` keeps the mapping that the account has.",
    api,
  },
  {
    name: "REQUIRED_FIELD_MISSING",
    severity: "error",
    title: "A CSV has no column for the email",
    means: "The email is the key of every developer, so a CSV without that column declares nobody.",
    fix: "Name the column as `fields` does, or by a usual name such as Email or Work Email.",
    api,
  },
  {
    name: "REQUIRED_VALUE_MISSING",
    severity: "error",
    title: "A name or an email is blank",
    means: "A developer has an email, which is the key, and a name. The API refuses to clear either.",
    fix: "Write the value. In YAML, a name that is left out keeps the live one.",
    api,
  },
];
