import { type Change, changesOf, type MapFieldChange } from "./change.js";
import type { Developer } from "./developer.js";
import { rowOf } from "./diff-developer.js";
import { emailKey } from "./email.js";
import { columnKey, columnsOf, type DeclaredMapping, type FieldMapping, type FieldType } from "./field-mapping.js";
import type { LiveRoster } from "./live-roster.js";
import { misleadingColumn } from "./rules/misleading-column.js";
import { passed, type Verdict } from "./verdict.js";

/** A change of the field mapping, and what it would leave. */
export interface JudgedMapping {
  readonly changes: readonly Change[];
  /** null: no field mapping is declared. */
  readonly declared: DeclaredMapping | null;
  /** With the records as they are under the new column names. */
  readonly live: LiveRoster;
  readonly mapping: FieldMapping;
  /** Everybody as they would be. */
  readonly after: ReadonlyMap<string, Developer>;
}

const LIMIT = "0 attribute columns";

/**
 * A column that goes takes everybody's values with it, so only what somebody names may go: in `dropColumns`, or, where
 * another live column becomes the NAME, EMAIL or MANAGER_EMAIL, by saying what becomes of the old one. And what another
 * column holds is not overwritten when it becomes one of these.
 */
export function judgeMappingDrop(judged: JudgedMapping): Verdict {
  const mapped = changesOf(judged.changes, "mapField");
  const named = new Set((judged.declared?.dropColumns ?? []).map(columnKey));
  const gone = mapped.filter(({ after, renamedTo }) => after === null && renamedTo === undefined);
  const unsaid = gone.filter(({ column }) => !named.has(columnKey(column)));
  const unsaidFields = new Set(unsaid.map(({ before }) => before));
  // A live column that takes the place of a field whose column goes, also under a new name: what stood there is lost.
  const isLive = ({ before, renamedFrom }: MapFieldChange) => before !== null || renamedFrom !== undefined;
  const lost = mapped.filter((change) =>
    change.after === null
      ? change.before === "ATTRIBUTE" && unsaid.includes(change)
      : change.after !== "ATTRIBUTE" && unsaidFields.has(change.after) && isLive(change),
  );
  const overwritten = lost.length > 0 ? [] : overwrittenColumns(judged, mapped);
  if (lost.length === 0 && overwritten.length === 0) {
    const besides = gone.length === 0 ? "" : `, and ${gone.length} by name: ${gone.map(nameOf).join(", ")}`;
    return passed("mappingDrop", `${LIMIT}${besides}`, 0);
  }
  const taken = lost.some(({ after }) => after !== null);
  return {
    name: "mappingDrop",
    limit: LIMIT,
    actual: lost.length + overwritten.length,
    verdict: "refused",
    reason: [
      ...(lost.length === 0
        ? []
        : [`the values of ${lost.length} column(s) would be lost: ${lost.map(nameOf).join(", ")}`]),
      ...overwritten.map(({ reason }) => reason),
    ].join("; "),
    hint: [
      ...(lost.some(({ after }) => after === null) ? [DROP_HINT] : []),
      ...(taken ? [TAKEN_HINT] : []),
      ...overwritten.map(({ hint }) => hint),
    ].join("; "),
    people: [],
  };
}

const DROP_HINT =
  "if this is meant, name them under fields.dropColumns; under another name they go to fields.renameColumns; else declare them again";
const TAKEN_HINT =
  "give NAME, EMAIL and MANAGER_EMAIL columns that are not attributes of the account, or say what becomes of the columns that they were: list those under fields.attributes or fields.dropColumns";

function nameOf({ column, renamedFrom = column, values = 0 }: MapFieldChange): string {
  return values === 0 ? renamedFrom : `${renamedFrom} (${values} value${values === 1 ? "" : "s"})`;
}

type CoreType = Exclude<FieldType, "ATTRIBUTE">;

/** Live columns that become a field of which somebody would have another value than stands there. */
function overwrittenColumns({ live, after }: JudgedMapping, mapped: readonly MapFieldChange[]) {
  const { mapping, developers } = live;
  if (mapping === null) return [];
  const types = new Map(columnsOf(mapping));
  return mapped.flatMap((change) => {
    const { after: type } = change;
    const source = change.renamedFrom ?? change.column;
    const was = types.get(source);
    if (type === null || type === "ATTRIBUTE" || was === undefined || was === type) return [];
    let people = 0;
    for (const developer of developers.values()) {
      const own = after.get(developer.email);
      const value = rowOf(developer, mapping)[source] ?? "";
      if (own !== undefined && value.trim() !== "" && !isSame(type, value, own)) people += 1;
    }
    if (people === 0) return [];
    const reason = `${change.column} would become the ${type} column, and ${people} developer(s) would lose what they have there`;
    return [{ reason, hint: OVERWRITTEN_HINTS[type] }];
  });
}

const OVERWRITTEN_HINTS: Readonly<Record<CoreType, string>> = {
  NAME: "declare the names that stand in that column, or leave the names out",
  EMAIL: "the email is the key: give these developers that address first (previousEmails), or correct the column",
  MANAGER_EMAIL: "declare the managers that stand in that column, or leave the managers out",
};

function isSame(type: CoreType, value: string, { name, email, managerEmail }: Developer): boolean {
  switch (type) {
    case "NAME":
      return value.trim() === name.trim();
    case "EMAIL":
      return emailKey(value) === email;
    case "MANAGER_EMAIL":
      return emailKey(value) === managerEmail;
  }
}

/** What is wrong with a mapping once it is merged with the live one; none, mostly. */
export function judgeMapping({ changes, declared, live, mapping }: JudgedMapping): readonly Verdict[] {
  if (declared === null || live.mapping === null) return [];
  const problems = [...takenNames(declared, live.mapping)];
  if (changesOf(changes, "mapField").length > 0) {
    const before = new Set(misleadingColumn(live.mapping).map(({ message }) => message));
    const since = misleadingColumn(mapping).filter(({ message }) => !before.has(message));
    problems.push(...since.map(({ message }) => ({ message, hint: MISLEADING_HINT })));
  }
  if (problems.length === 0) return [];
  return [
    {
      name: "mapping",
      limit: "every column has a name of its own, and one that fits",
      actual: problems.length,
      verdict: "refused",
      reason: problems.map(({ message }) => message).join("; "),
      hint: [...new Set(problems.map(({ hint }) => hint))].join("; "),
      people: [],
    },
  ];
}

const MISLEADING_HINT =
  "give that column another name under fields.renameColumns, or name it under fields.dropColumns; a field takes the column that has its values";

function takenNames({ renameColumns = {} }: DeclaredMapping, live: FieldMapping) {
  const columns = new Map(columnsOf(live).map(([column]) => [columnKey(column), column]));
  return Object.entries(renameColumns).flatMap(([from, to]) => {
    const [old, other] = [columns.get(columnKey(from)), columns.get(columnKey(to))];
    if (old === undefined || other === undefined || old === other) return [];
    const message = `the column ${JSON.stringify(old)} cannot be called ${JSON.stringify(to)}: the account has such a column already`;
    return [
      { message, hint: "drop one of them first, under fields.dropColumns, or take it out of fields.renameColumns" },
    ];
  });
}
