import type { FieldMapping } from "../../roster/field-mapping.js";
import { isBroken } from "../broken-characters.js";
import { keyMeant } from "../key-meant.js";
import type { DeclarableColumn } from "./declarable-columns.js";
import type { DeclarableIdentity } from "./declarable-identities.js";
import type { DeclarableDeveloper, DeclarableRoster } from "./declarable-roster.js";
import { quotedText, yamlEntry, yamlText } from "./yaml-text.js";

/** Names of integrations, by integrationId. */
export type IntegrationNames = ReadonlyMap<number, string>;

/** Tells an editor where the schema is; from a folder of the project, `npm` has it there. */
const FIRST_LINES =
  "# yaml-language-server: $schema=./node_modules/pulumi-harness-sei/schema/roster.schema.json\nversion: 1\n";

/**
 * A roster as YAML: sorted, one key a line, the same bytes for the same roster. Every value is read back as the very
 * text that it is. It is written line by line: the `yaml` package would take ten times as long for the same text.
 */
export function yamlOfRoster(roster: DeclarableRoster, integrations: IntegrationNames): string {
  return FIRST_LINES + governingYaml(roster, integrations) + developersYaml(roster, roster.developers, integrations);
}

/** A file of a roster that holds some of its developers, and nothing that governs everybody. */
export function yamlOfPart(
  roster: DeclarableRoster,
  developers: readonly DeclarableDeveloper[],
  integrations: IntegrationNames,
): string {
  return FIRST_LINES + developersYaml(roster, developers, integrations);
}

/** A file of a roster that holds what governs everybody, and nobody. */
export function yamlOfGoverning(roster: DeclarableRoster, integrations: IntegrationNames): string {
  return FIRST_LINES + governingYaml(roster, integrations);
}

function governingYaml({ fields }: DeclarableRoster, integrations: IntegrationNames): string {
  const names = [...integrations].map(([id, name]) => yamlEntry("  ", yamlText(name), String(id)));
  return (fields === null ? "" : fieldsYaml(fields)) + (names.length === 0 ? "" : `integrations:\n${names.join("")}`);
}

function fieldsYaml({ name, email, managerEmail, attributes }: FieldMapping): string {
  const items = attributes.map((column) => `    - ${yamlText(column)}\n`).join("");
  return [
    "fields:\n",
    yamlEntry("  ", "name", yamlText(name)),
    yamlEntry("  ", "email", yamlText(email)),
    yamlEntry("  ", "managerEmail", yamlText(managerEmail)),
    attributes.length === 0 ? "  attributes: []\n" : `  attributes:\n${items}`,
  ].join("");
}

function developersYaml(
  { columns }: DeclarableRoster,
  developers: readonly DeclarableDeveloper[],
  integrations: IntegrationNames,
): string {
  if (developers.length === 0) return "developers: {}\n";
  const names = { integrations, columns: columns.map(columnName) };
  return `developers:\n${developers.map((developer) => developerYaml(developer, names)).join("")}`;
}

/** What every developer needs, worked out once. */
interface Names {
  readonly integrations: IntegrationNames;
  readonly columns: readonly ColumnName[];
}

interface ColumnName {
  /** As the account spells it. */
  readonly live: string;
  /** As it is written. */
  readonly key: string;
  /** Whether it can stand next to `name`, or looks like one of our keys there. */
  readonly direct: boolean;
}

function columnName({ live, name }: DeclarableColumn): ColumnName {
  return { live, key: yamlText(name), direct: keyMeant(name) === null };
}

function developerYaml(developer: DeclarableDeveloper, { columns, integrations }: Names): string {
  const { live, identities } = developer;
  const textOf = ({ live: column }: ColumnName): string => live.attributes[column] ?? "";
  const whole = columns.filter((one) => !isBroken(textOf(one)));
  const values = (indent: string, direct: boolean): string =>
    whole
      .filter((one) => one.direct === direct)
      .map((one) => yamlEntry(indent, one.key, yamlText(textOf(one))))
      .join("");
  const head = coreYaml(developer);
  const nested = values("      ", false);
  const accounts = identities.map((one) => identityYaml(one, integrations));
  const declared = accounts.map(({ entry }) => entry).join("");
  const entries = [
    head.entries,
    values("    ", true),
    nested === "" ? "" : `    attributes:\n${nested}`,
    declared === "" ? "" : `    identities:\n${declared}`,
  ].join("");
  const key = yamlText(live.email);
  const broken = columns.filter((one) => !whole.includes(one));
  const comments = [
    ...head.comments,
    ...broken.map((one) => `${one.key}: ${quotedText(textOf(one))} ${BROKEN}`),
    ...accounts.flatMap(({ comment }) => comment),
  ];
  return (
    (entries === "" ? yamlEntry("  ", key, "{}") : yamlEntry("  ", key) + entries) +
    comments.map((comment) => `    # ${comment}\n`).join("")
  );
}

/** Lines, and what is said instead of lines. */
interface Lines {
  readonly entries: string;
  readonly comments: readonly string[];
}

const BROKEN = "in the account, which holds half of a character";

function coreYaml({ live, name, managerFault }: DeclarableDeveloper): Lines {
  const comments: string[] = [];
  let entries = "";
  if (name === null && live.name.trim() !== "") comments.push(`name: ${quotedText(live.name)} ${BROKEN}`);
  else if (name === null) comments.push("name: blank in the account; a name cannot be cleared");
  else entries += yamlEntry("    ", "name", yamlText(name));
  switch (managerFault) {
    case null:
      entries += yamlEntry("    ", "manager", live.managerEmail === "" ? "null" : yamlText(live.managerEmail));
      break;
    case "notThere":
      comments.push(`manager: ${quotedText(live.managerEmail)} in the account, who is not on the roster`);
      break;
    case "inCircle":
      comments.push(`manager: ${quotedText(live.managerEmail)} in the account, which makes a circle`);
      break;
    case "unknown":
  }
  return { entries, comments };
}

function identityYaml(
  { integrationId, identity, besides, contested }: DeclarableIdentity,
  integrations: IntegrationNames,
): { readonly entry: string; readonly comment: readonly string[] } {
  const name = integrations.get(integrationId);
  const key = name === undefined ? String(integrationId) : yamlText(name);
  const others = besides.length === 0 ? "" : ` # and ${besides.map(quotedText).join(", ")}`;
  return {
    entry: identity === null ? "" : yamlEntry("      ", key, yamlText(identity) + others),
    comment: contested.map((one) => `identity of ${key}: ${quotedText(one)} in the account, held by others too`),
  };
}
