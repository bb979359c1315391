import type { Day } from "../day.js";
import type { DesiredDeveloper } from "../developer.js";
import { absenceOn } from "../effective.js";
import { columnKey } from "../field-mapping.js";
import type { Scope } from "../scope.js";
import { brief, listed, quoted } from "../shown.js";
import { byText, type Strings } from "../strings.js";
import { nearest } from "./nearest.js";
import type { Problem } from "./problem.js";

/** What the rule needs to know besides the developers. */
export interface ScopeRule {
  readonly scope: Scope;
  /** Who left before this day is not looked at any more. */
  readonly asOf: Day;
  /** false when a part of the source could not be read: then nobody can say that no developer fits. */
  readonly whole: boolean;
  /** Whether a column is managed of people who are live: else their live value counts, and nobody knows it here. */
  isManaged(column: string): boolean;
}

interface ScopeColumn {
  readonly column: string;
  readonly values: ReadonlySet<string>;
  /** Its values by how they are compared when case and the spaces around them do not count. */
  readonly spellings: ReadonlyMap<string, string>;
}

/** A developer with a value that the scope does not have. */
interface Stray extends ScopeColumn {
  readonly index: number;
  readonly email: string;
  /** The column as the developer spells it. */
  readonly written: string;
  readonly value: string;
}

/**
 * OUTSIDE_SCOPE: whoever is declared can be in the scope. A plan refuses everybody who is not, or would not be
 * afterwards. Whoever does not declare a column of the scope may have the right value live, so that is left to the plan.
 *
 * When nobody fits, it is the scope that is wrong, and one problem says it.
 */
export function outsideScope(
  developers: readonly DesiredDeveloper[],
  { scope, asOf, whole, isManaged }: ScopeRule,
): readonly Problem[] {
  const columns = [...scope].map(
    ([column, values]): ScopeColumn => ({
      column,
      values: new Set(values),
      spellings: new Map([...values].map((value) => [spelling(value), value])),
    }),
  );
  const empty = columns.find(({ values }) => values.size === 0);
  if (empty !== undefined) return [nobodyFits(empty)];
  const checked = columns.filter(({ column }) => isManaged(column));
  const strays: Stray[] = [];
  let judged = 0;
  for (const [index, developer] of developers.entries()) {
    if (absenceOn(asOf, developer.effective)?.kind === "hasLeft") continue;
    judged++;
    const stray = strayOf(developer, index, checked);
    if (stray !== null) strays.push(stray);
  }
  const shown = checked.find(({ column }) => strays.some((stray) => stray.column === column));
  const nobody = whole && judged > 1 && strays.length === judged;
  return nobody && shown !== undefined ? [noneFits(strays, shown)] : strays.map(problemOf);
}

function strayOf(
  { email, attributes }: DesiredDeveloper,
  index: number,
  checked: readonly ScopeColumn[],
): Stray | null {
  for (const { column, values, spellings } of checked) {
    const written = attributes[column] === undefined ? spelledAs(column, attributes) : column;
    if (written === undefined) continue;
    const value = attributes[written] ?? "";
    if (values.has(value)) continue;
    return { index, email, written, value, column, values, spellings };
  }
  return null;
}

function spelledAs(column: string, attributes: Strings): string | undefined {
  return Object.keys(attributes).find((one) => columnKey(one) === columnKey(column));
}

function nobodyFits({ column }: ScopeColumn): Problem {
  return {
    rule: "OUTSIDE_SCOPE",
    message: `the scope lists no value of ${quoted(column)}, so nobody can be in it`,
    hint: "list the values that this roster owns, or take the column out of the scope",
    emails: [],
    subject: { kind: "scope", column },
  };
}

function noneFits(strays: readonly Stray[], { column, values, spellings }: ScopeColumn): Problem {
  const declared = [...new Set(strays.flatMap((stray) => (stray.column === column ? [stray.value] : [])))].sort(byText);
  const meant =
    declared.find((value) => spellings.has(spelling(value))) ??
    [...values].map((value) => nearest(value, declared)).find((value) => value !== null);
  return {
    rule: "OUTSIDE_SCOPE",
    message: `none of the ${strays.length} declared developers can be in this scope: ${saysOf(column, values)}`,
    hint:
      meant === undefined
        ? "correct the values, or declare these developers in the roster whose scope they are in"
        : `did you mean ${quoted(meant)}?`,
    emails: [],
    subject: { kind: "scope", column },
  };
}

function problemOf({ index, email, written, value, column, values, spellings }: Stray): Problem {
  const meant = spellings.get(spelling(value));
  const otherwise = "declare them in the roster whose scope they are in, or give them a value of this scope";
  return {
    rule: "OUTSIDE_SCOPE",
    message: `${brief(email)} is outside of this roster's scope (${saysOf(column, values)}): ${brief(written)} is ${quoted(value)}`,
    hint: meant === undefined ? otherwise : `did you mean ${quoted(meant)}? Else ${otherwise}`,
    emails: [email],
    subject: { kind: "attribute", index, column: written },
  };
}

function spelling(value: string): string {
  return value.trim().toLowerCase();
}

function saysOf(column: string, values: ReadonlySet<string>): string {
  return `${brief(column)}: ${listed([...values], quoted, 5)}`;
}
