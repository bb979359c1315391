import type { Rule } from "./rule.js";

/** Rules of ours about files and their text: whether they can be read at all. */
export const FILE_RULES: readonly Rule[] = [
  {
    name: "ALIASES_EXPLODE",
    severity: "error",
    title: "The aliases of a YAML file multiply",
    means:
      "Aliases that repeat aliases would make a small file into a huge one, or an alias stands inside of what it repeats.",
    fix: "Write the values out, or use `defaults`.",
    api: null,
  },
  {
    name: "BROKEN_CHARACTER",
    severity: "error",
    title: "Half of a character stands in a text",
    means:
      'An escape such as `"\\ud800"`, or a text in code, is half of a pair of UTF-16. Nothing can store it: another character would arrive, and the plan would never become empty.',
    fix: "Write the character itself, or take the half out.",
    api: null,
  },
  {
    name: "CSV_FORMULA",
    severity: "warning",
    title: "A spreadsheet would run this cell",
    means:
      "The cell begins like a formula, be it a value, an email or the name of a column. sei-roster takes it as the text that it is and never changes it, but whoever opens the file or a download of the roster in a spreadsheet runs it.",
    fix: "If it is not meant, take the sign at its beginning out.",
    api: null,
  },
  {
    name: "DUPLICATE_KEY",
    severity: "error",
    title: "A key stands twice in one mapping",
    means: "One of the two values would be lost without a word.",
    fix: "Keep one of them.",
    api: null,
  },
  {
    name: "FILE_NOT_FOUND",
    severity: "error",
    title: "A file or folder of the source is not there",
    means: "The source names a path that does not exist.",
    fix: "Check the path; it is relative to the working directory.",
    api: null,
  },
  {
    name: "FILE_NOT_READABLE",
    severity: "error",
    title: "A file or folder of the source cannot be read",
    means: "The operating system does not let it be read. It is not skipped, because that would lose people.",
    fix: "Allow it to be read, or take it out of the source.",
    api: null,
  },
  {
    name: "FILE_NOT_SUPPORTED",
    severity: "error",
    title: "A file of the source is no roster file",
    means: "A roster file ends in .yaml, .yml or .csv. A file that was named is not skipped.",
    fix: "Name a roster file, or a folder: in a folder, other files are left alone.",
    api: null,
  },
  {
    name: "FILE_NOT_UTF8",
    severity: "error",
    title: "A YAML file is not UTF-8",
    means: "The bytes of the file are no text in UTF-8, so its letters would be guessed.",
    fix: "Save the file as UTF-8; the hint shows a command.",
    api: null,
  },
  {
    name: "FILE_OUTSIDE",
    severity: "error",
    title: "A link leads out of the source",
    means:
      "A file that a folder or glob brings in is a link to a file outside of it. It is neither read nor shown: a link in a pull request could lead to anything on the machine that checks it.",
    fix: "Put a copy there, or name what the link leads to as a part of the source too. A link that stays inside, or that is named itself, is fine.",
    api: null,
  },
  {
    name: "FILE_TOO_LARGE",
    severity: "error",
    title: "A file is too large to be a roster",
    means: "A roster of 100,000 developers has about 20 MiB, and the limit is 32 MiB.",
    fix: "Split it: several files make one roster. Or raise the limit with --max-file-size.",
    api: null,
  },
  {
    name: "INVALID_YAML",
    severity: "error",
    title: "The text is not YAML",
    means: "The parser cannot tell what the file means: a quote or bracket is not closed, a tab indents, or the like.",
    fix: "Correct the place that the finding shows.",
    api: null,
  },
  {
    name: "LOST_CHARACTER",
    severity: "warning",
    title: "A character was lost before the file came here",
    means:
      "The text holds U+FFFD, which programs write in place of a character that they could not read. A name or a value is most likely wrong.",
    fix: "Write the character again, or export the file once more as UTF-8.",
    api: null,
  },
  {
    name: "MERGE_CONFLICT",
    severity: "error",
    title: "A merge conflict was not solved",
    means:
      "Lines that begin with <<<<<<<, ======= and >>>>>>> stand around two versions of the same lines, as git writes them. Nobody knows which of them counts, so nothing of the file is read.",
    fix: "Keep the right lines of both sides and take the three markers out.",
    api: null,
  },
  {
    name: "MULTIPLE_DOCUMENTS",
    severity: "error",
    title: "A YAML file holds several documents",
    means: "A line of `---` begins a second document, and a roster file holds one.",
    fix: "Put it into a file of its own; several files make one roster.",
    api: null,
  },
  {
    name: "NO_FILES",
    severity: "error",
    title: "The source has no file",
    means: "A folder holds no roster file, or a glob matches nothing. A source that declares nobody is refused.",
    fix: "Check the path.",
    api: null,
  },
  {
    name: "WRONG_CELL_COUNT",
    severity: "error",
    title: "A row has more or fewer cells than the header",
    means: "A delimiter is missing or too many, so values may stand in the wrong columns.",
    fix: "Correct the row; a value that holds the delimiter is written in quotes.",
    api: null,
  },
];
