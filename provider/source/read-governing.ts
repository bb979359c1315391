import { emailKey } from "../roster/email.js";
import type { DeclaredMapping } from "../roster/field-mapping.js";
import type { GuardSettings, Prune } from "../roster/policy.js";
import { columnMoves } from "../roster/rules/column-moves.js";
import { duplicateColumn } from "../roster/rules/duplicate-column.js";
import { LIMIT_GUARDS, limitSyntax, protectSyntax } from "../roster/rules/guard-syntax.js";
import { misleadingColumn } from "../roster/rules/misleading-column.js";
import type { Problem } from "../roster/rules/problem.js";
import { byText, strings } from "../roster/strings.js";
import type { Finding } from "./finding.js";
import type { Origin } from "./origin.js";
import { quoted } from "./show.js";
import { entryOf, type Mark, plainOf, type Tree } from "./tree.js";

/** A part of a declaration, with what is wrong with it. The value counts only when nothing is wrong anywhere. */
export interface ReadPart<Value> {
  readonly value: Value;
  readonly findings: readonly Finding[];
}

/** Reads `fields`; null when it has not the shape of a field mapping, which the JSON Schema reports. */
export function readFields(tree: Tree, origin: Origin): ReadPart<DeclaredMapping | null> {
  const columns = ["name", "email", "managerEmail"].map((key) => entryOf(tree, key)?.value);
  const attributes = entryOf(tree, "attributes")?.value;
  const nodes = [...columns, ...(attributes?.kind === "list" ? attributes.items : [])];
  const names = nodes.map((node) => (node?.kind === "text" && typeof node.value === "string" ? node.text : ""));
  const [name, email, managerEmail, ...rest] = names;
  if (!name || !email || !managerEmail || rest.includes("")) return { value: null, findings: [] };
  const [drops, renames] = [entryOf(tree, "dropColumns")?.value, entryOf(tree, "renameColumns")?.value];
  const value = { name, email, managerEmail, attributes: rest, ...dropsOf(drops), ...renamesOf(renames) };
  const findings = [...duplicateColumn(value), ...misleadingColumn(value)].map(({ rule, message, hint, position }) =>
    origin.finding(nodes[position]?.mark ?? tree.mark, rule, message, hint),
  );
  const moves = columnMoves(value).map(({ rule, message, hint, at }) => {
    const mark =
      "drop" in at
        ? drops?.kind === "list" && drops.items[at.drop]?.mark
        : renames !== undefined && entryOf(renames, at.rename)?.mark;
    return origin.finding(mark || tree.mark, rule, message, hint);
  });
  return { value, findings: [...findings, ...moves] };
}

/** What has the wrong shape is left out: the JSON Schema reports it. */
function dropsOf(tree: Tree | undefined): Pick<DeclaredMapping, "dropColumns"> {
  if (tree?.kind !== "list") return {};
  return { dropColumns: tree.items.map((item) => (item.kind === "text" ? item.text : "")) };
}

function renamesOf(tree: Tree | undefined): Pick<DeclaredMapping, "renameColumns"> {
  if (tree?.kind !== "map") return {};
  const entries = tree.entries.map(({ key, value }) => [key, value.kind === "text" ? value.text : ""] as const);
  return { renameColumns: strings(entries) };
}

/** Reads `integrations`: ids by name. */
export function readIntegrations(tree: Tree): ReadonlyMap<string, number> {
  const entries = tree.kind === "map" ? tree.entries : [];
  return new Map(
    entries.flatMap(({ key, value }): [string, number][] => {
      const id = idOf(value);
      return id === null ? [] : [[key, id]];
    }),
  );
}

/** Reads the application types of `integrations`: by integrationId. */
export function readApplicationTypes(tree: Tree, origin: Origin): ReadPart<ReadonlyMap<number, string>> {
  const types = new Map<number, string>();
  const findings: Finding[] = [];
  for (const { value } of tree.kind === "map" ? tree.entries : []) {
    const id = idOf(value);
    const type = entryOf(value, "applicationType")?.value;
    if (id === null || type?.kind !== "text") continue;
    const earlier = types.get(id);
    if (earlier !== undefined && earlier !== type.text) {
      const message = `integration ${id} has two application types, ${quoted(earlier)} and ${quoted(type.text)}`;
      findings.push(origin.finding(type.mark, "DUPLICATE_KEY", message, "keep one of them"));
    }
    types.set(id, type.text);
  }
  return { value: types, findings };
}

/** The id of an integration, alone or in a mapping; null for what has none, which the JSON Schema reports. */
function idOf(tree: Tree): number | null {
  const id = tree.kind === "map" ? entryOf(tree, "id")?.value : tree;
  return id?.kind === "text" && typeof id.value === "number" ? id.value : null;
}

const PRUNE: readonly Prune[] = ["none", "managed", "all"];

/** Reads `prune`; undefined when it is none of its words, which the JSON Schema reports. */
export function readPrune(tree: Tree): Prune | undefined {
  return PRUNE.find((word) => tree.kind === "text" && tree.text === word);
}

/** Reads `guards`, with the syntax of their limits. */
export function readGuards(tree: Tree, origin: Origin): ReadPart<GuardSettings> {
  const written = scalarsOf(tree);
  const problems = [...limitSyntax(written), ...protectSyntax(written)];
  const findings = problems.map((problem) =>
    origin.finding(markOf(problem, tree), problem.rule, problem.message, problem.hint),
  );
  const kept = [...LIMIT_GUARDS, "minDevelopers"].flatMap((guard) =>
    written[guard] === undefined ? [] : [[guard, written[guard]] as const],
  );
  const protect = written["protect"];
  const people = Array.isArray(protect)
    ? { protect: [...new Set(protect.map((person) => emailKey(String(person))))].sort(byText) }
    : {};
  return { value: { ...(Object.fromEntries(kept) as GuardSettings), ...people }, findings };
}

/** What a rule can judge: a list where a number should be is a matter of shape, which the JSON Schema reports. */
function scalarsOf(tree: Tree): Readonly<Record<string, unknown>> {
  const made: Record<string, unknown> = Object.create(null);
  for (const { key, value } of tree.kind === "map" ? tree.entries : []) {
    const fits = key === "protect" ? value.kind === "list" && value.items.every(isScalar) : isScalar(value);
    if (fits) made[key] = plainOf(value);
  }
  return made;
}

function isScalar({ kind }: Tree): boolean {
  return kind === "text" || kind === "null";
}

function markOf({ subject }: Problem, tree: Tree): Mark {
  if (subject.kind !== "guard") return tree.mark;
  const value = entryOf(tree, subject.guard)?.value ?? tree;
  return value.kind === "list" && subject.item !== undefined
    ? (value.items[subject.item]?.mark ?? value.mark)
    : value.mark;
}
