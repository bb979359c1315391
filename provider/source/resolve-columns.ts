import { columnKey, columnsOf, type FieldMapping, type FieldType } from "../roster/field-mapping.js";
import { nearest } from "../roster/rules/nearest.js";
import { type Strings, strings } from "../roster/strings.js";
import type { RosterDocument, WrittenColumn, WrittenDeveloper } from "./document.js";
import type { Finding } from "./finding.js";
import { isOwnWord, keyMeant } from "./key-meant.js";
import type { Origin } from "./origin.js";
import { brief, printable, quoted } from "./show.js";

/** What is wrong with a column name; null: nothing. */
type Verdict = {
  readonly severity?: "warning";
  readonly rule: string;
  readonly message: string;
  readonly hint: string;
} | null;

/** Turns the columns of developers into attributes, one developer after the other. */
export interface ColumnResolver {
  /** The attributes of a developer, with the defaults of its file. */
  attributesOf(developer: WrittenDeveloper): Strings;
  /** Checks the columns that a file has for all of its developers, of whom there may be none. */
  checkShared(document: RosterDocument): void;
  readonly findings: readonly Finding[];
}

/**
 * A resolver for one roster. With a field mapping, a column must be one of its attributes, spelled the same. Without
 * one, every column is taken (live is compared when a plan is made), except a slip in one of our keys; and one column
 * must be spelled in one way.
 */
export function columnResolver(mapping: FieldMapping | null): ColumnResolver {
  const findings: Finding[] = [];
  const judge = mapping === null ? judgeFreely() : judgeByMapping(mapping);
  const keyOf = memo(columnKey);
  const spelled = new Map<string, { readonly column: string; readonly says: () => string }>();
  /** Columns repeat with every developer: what is right once is right. */
  const fine = { direct: new Set<string>(), apart: new Set<string>() };

  const check = (written: WrittenColumn, origin: Origin): void => {
    const known = written.direct ? fine.direct : fine.apart;
    if (known.has(written.column)) return;
    const verdict = judge(written);
    if (verdict?.severity === "warning") {
      findings.push(origin.warning(written.mark, verdict.rule, verdict.message, verdict.hint));
    } else if (verdict !== null) {
      findings.push(origin.finding(written.mark, verdict.rule, verdict.message, verdict.hint));
      return;
    }
    const key = keyOf(written.column);
    const earlier = spelled.get(key);
    if (earlier === undefined) spelled.set(key, { column: written.column, says: () => origin.says(written.mark) });
    if (earlier === undefined || earlier.column === written.column) known.add(written.column);
    else {
      findings.push(
        origin.finding(
          written.mark,
          "DUPLICATE_COLUMN",
          `${quoted(written.column)} and ${quoted(earlier.column)} (${earlier.says()}) are spellings of one column`,
          "spell it as the account shows it",
        ),
      );
    }
  };

  return {
    findings,
    checkShared({ origin, defaults, header = [] }) {
      for (const column of [...defaults, ...header]) check(column, origin);
    },
    attributesOf({ origin, columns, defaults, attributes }) {
      if (attributes !== undefined) return attributes;
      const own = new Map<string, WrittenColumn>();
      for (const written of columns) {
        check(written, origin);
        const key = keyOf(written.column);
        const earlier = own.get(key);
        if (earlier === undefined) own.set(key, written);
        else findings.push(doubled(written, earlier, origin));
      }
      const inherited = defaults.filter(({ column }) => !own.has(keyOf(column)));
      return strings([...inherited, ...own.values()].map(({ column, text }) => [column, text]));
    },
  };
}

function doubled(written: WrittenColumn, earlier: WrittenColumn, origin: Origin): Finding {
  const message = `${quoted(written.column)} stands twice in one developer, first at ${origin.says(earlier.mark)}`;
  return origin.finding(written.mark, "DUPLICATE_KEY", message, "keep one of them");
}

function judgeFreely(): (written: WrittenColumn) => Verdict {
  const slip = memo(slipOf);
  return ({ column, direct }) => (direct ? slip(column) : null);
}

/** A column that is more likely a slip in one of our keys. */
function slipOf(column: string): Verdict {
  const meant = keyMeant(column);
  if (meant === null) return null;
  const hint = `did you mean \`${meant}\`? For a column that is called so, write attributes: { ${printable(brief(column))}: ... }`;
  if (isOwnWord(column)) {
    const message = `${quoted(column)} is taken as a column, and is like \`${meant}\``;
    return { severity: "warning", rule: "LIKELY_SLIP", message, hint };
  }
  return { rule: "UNKNOWN_KEY", message: `there is no key ${quoted(column)} in a developer`, hint };
}

const KEY_OF_TYPE: Readonly<Record<Exclude<FieldType, "ATTRIBUTE">, string>> = {
  NAME: "name",
  EMAIL: "email",
  MANAGER_EMAIL: "manager",
};

function judgeByMapping(mapping: FieldMapping): (written: WrittenColumn) => Verdict {
  const known = new Map(columnsOf(mapping));
  const types = new Map(columnsOf(mapping).map(([column, type]) => [columnKey(column), type]));
  const spelling = new Map(mapping.attributes.map((column) => [columnKey(column), column]));
  const unknown = memo((column: string): Verdict => {
    const type = known.get(column) ?? types.get(columnKey(column));
    if (type === "ATTRIBUTE" && known.has(column)) return null;
    if (type !== undefined && type !== "ATTRIBUTE") {
      return {
        rule: "UNKNOWN_COLUMN",
        message: `${quoted(column)} is the ${type} column, and no attribute`,
        hint: `write it as \`${KEY_OF_TYPE[type]}\``,
      };
    }
    const meant = spelling.get(columnKey(column)) ?? nearest(column, mapping.attributes);
    return {
      rule: "UNKNOWN_COLUMN",
      message: `${quoted(column)} is no column of \`fields\``,
      hint: meant === null ? "add it to fields.attributes, or correct it" : `did you mean ${quoted(meant)}?`,
    };
  });
  const slip = memo(slipOf);
  return ({ column, direct }) => {
    const verdict = unknown(column);
    if (verdict === null || !direct || isOwnWord(column) || spelling.has(columnKey(column))) return verdict;
    return slip(column) ?? verdict;
  };
}

/** Columns repeat with every developer: each name is looked at once. */
function memo<Value>(compute: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const computed = compute(text);
    known.set(text, computed);
    return computed;
  };
}
