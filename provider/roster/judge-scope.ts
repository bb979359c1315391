import { type Change, changesOf } from "./change.js";
import type { DesiredRoster } from "./desired-roster.js";
import type { Developer } from "./developer.js";
import type { FieldMapping } from "./field-mapping.js";
import { scopeTest } from "./scope.js";
import { byText } from "./strings.js";
import { passed, type Verdict } from "./verdict.js";

/**
 * Holds the declared people against the scope. Who is live outside of it belongs to somebody else, and who would leave
 * it by this plan would be nobody's afterwards.
 */
export function judgeScope(
  desired: DesiredRoster,
  live: ReadonlyMap<string, Developer>,
  changes: readonly Change[],
  after: ReadonlyMap<string, Developer>,
  mapping: FieldMapping,
): Verdict {
  const name = "scope";
  const { scope } = desired;
  if (scope === null) return passed(name, "the whole account", 0);
  const limit = [...scope].map(([column, values]) => `${column}: ${values.join(", ")}`).join("; ");
  const impersonal = { limit: [...scope].map(([column]) => column).join("; ") };
  const test = scopeTest(scope, mapping);
  if (test.unknown.length > 0) {
    return {
      name,
      limit,
      impersonal,
      actual: test.unknown.length,
      verdict: "refused",
      reason: `the field mapping has no column for the scope's ${test.unknown.map((column) => JSON.stringify(column)).join(", ")}`,
      hint: "correct the column, or declare it under fields.attributes",
      people: [],
    };
  }
  const strangers = new Set(
    changesOf(changes, "rename").flatMap(({ email, before }) => (test.has(before) ? [] : [email])),
  );
  const people = [...desired.developers.keys()].filter((email) => {
    const before = live.get(email);
    const then = after.get(email);
    return (
      strangers.has(email) || (before !== undefined && !test.has(before)) || (then !== undefined && !test.has(then))
    );
  });
  if (people.length === 0) return passed(name, limit, 0, impersonal.limit);
  return {
    name,
    limit,
    impersonal,
    actual: people.length,
    verdict: "refused",
    reason: `${people.length} declared developer(s) are outside of this roster's scope, or would be`,
    hint: "declare them in the roster whose scope they are in, or give them a value of this scope",
    people: people.sort(byText),
  };
}
