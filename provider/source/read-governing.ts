import { emailKey } from "../roster/email.js";
import type { FieldMapping } from "../roster/field-mapping.js";
import type { GuardSettings, Prune } from "../roster/policy.js";
import { duplicateColumn } from "../roster/rules/duplicate-column.js";
import { LIMIT_GUARDS, limitSyntax, protectSyntax } from "../roster/rules/guard-syntax.js";
import { misleadingColumn } from "../roster/rules/misleading-column.js";
import type { Problem } from "../roster/rules/problem.js";
import { byText } from "../roster/strings.js";
import type { Finding } from "./finding.js";
import type { Origin } from "./origin.js";
import { entryOf, type Mark, plainOf, type Tree } from "./tree.js";

/** A part of a declaration, with what is wrong with it. The value counts only when nothing is wrong anywhere. */
export interface ReadPart<Value> {
  readonly value: Value;
  readonly findings: readonly Finding[];
}

/** Reads `fields`; null when it has not the shape of a field mapping, which the JSON Schema reports. */
export function readFields(tree: Tree, origin: Origin): ReadPart<FieldMapping | null> {
  const columns = ["name", "email", "managerEmail"].map((key) => entryOf(tree, key)?.value);
  const attributes = entryOf(tree, "attributes")?.value;
  const nodes = [...columns, ...(attributes?.kind === "list" ? attributes.items : [])];
  const names = nodes.map((node) => (node?.kind === "text" && typeof node.value === "string" ? node.text : ""));
  const [name, email, managerEmail, ...rest] = names;
  if (!name || !email || !managerEmail || rest.includes("")) return { value: null, findings: [] };
  const value = { name, email, managerEmail, attributes: rest };
  const findings = [...duplicateColumn(value), ...misleadingColumn(value)].map(({ rule, message, hint, position }) =>
    origin.finding(nodes[position]?.mark ?? tree.mark, rule, message, hint),
  );
  return { value, findings };
}

/** Reads `integrations`: ids by name. */
export function readIntegrations(tree: Tree): ReadonlyMap<string, number> {
  const entries = tree.kind === "map" ? tree.entries : [];
  return new Map(
    entries.flatMap(({ key, value }): [string, number][] =>
      value.kind === "text" && typeof value.value === "number" ? [[key, value.value]] : [],
    ),
  );
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
