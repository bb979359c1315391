import type { DesiredRoster } from "./desired-roster.js";
import type { Developer, Identity } from "./developer.js";
import { columnKey, DEFAULT_COLUMNS, type FieldMapping, mappingOf } from "./field-mapping.js";
import type { LiveRoster } from "./live-roster.js";
import { byText, strings } from "./strings.js";

/**
 * The account as it would be if a roster were all there is: what another version of the roster is compared with when
 * there is no account to ask. What the roster leaves out is blank.
 *
 * @param also another version, whose columns count as well when neither declares `fields`: the account would have them
 * @example
 * plan(after, rosterAsLive(before, after), policy).changes; // [] when both declare the same
 */
export function rosterAsLive(roster: DesiredRoster, also: DesiredRoster): LiveRoster {
  const declared = roster.fields ?? also.fields;
  const mapping = declared === null ? columnsUsed([roster, also]) : mappingOf(declared);
  const spelling = new Map(mapping.attributes.map((column) => [columnKey(column), column]));
  const developers = new Map<string, Developer>();
  const identities: Identity[] = [];
  for (const { email, name = "", managerEmail = "", attributes, identities: own } of roster.developers.values()) {
    const written = Object.entries(attributes).map(([column, value]): [string, string] => [
      spelling.get(columnKey(column)) ?? column,
      value,
    ]);
    const blank = mapping.attributes.map((column): [string, string] => [column, ""]);
    developers.set(email, { email, name, managerEmail, attributes: strings([...blank, ...written]) });
    for (const [integrationId, identity] of own) identities.push({ email, integrationId, identity });
  }
  return { mapping, developers, identities, completeness: { proven: true, count: developers.size } };
}

/** Every column that somebody has, by its first spelling in the order of the alphabet. */
function columnsUsed(rosters: readonly DesiredRoster[]): FieldMapping {
  const written = rosters.flatMap(({ developers }) =>
    [...developers.values()].flatMap(({ attributes }) => Object.keys(attributes)),
  );
  const columns = new Map<string, string>();
  for (const column of [...new Set(written)].sort(byText)) {
    if (!columns.has(columnKey(column))) columns.set(columnKey(column), column);
  }
  return { ...DEFAULT_COLUMNS, attributes: [...columns.values()] };
}
