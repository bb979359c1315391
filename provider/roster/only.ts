import { changesOf } from "./change.js";
import type { DesiredRoster } from "./desired-roster.js";
import { diffRoster, type Ownership } from "./diff-roster.js";
import type { FieldMapping } from "./field-mapping.js";
import type { LiveRoster } from "./live-roster.js";
import { byText } from "./strings.js";

/** The people whom some names mean. */
export interface Meant {
  /** Keys, sorted: who is declared, and who is not and may be a leaver. */
  readonly people: readonly string[];
  /** Of these, who is not declared. */
  readonly undeclared: readonly string[];
}

/**
 * Whom names (keys) mean: a previous address means who has it now, so that nobody is taken for a leaver who is renamed.
 *
 * @example
 * meantBy(["ada.byron@example.com"], desired).people; // ["ada@example.com"], who declares it as a previous address
 */
export function meantBy(names: readonly string[], { developers, absent }: DesiredRoster): Meant {
  const isDeclared = (email: string) => developers.has(email) || absent.has(email);
  const former = new Map<string, string>();
  if (!names.every(isDeclared)) {
    for (const { email, previousEmails = [] } of developers.values()) {
      for (const previous of previousEmails) former.set(previous, email);
    }
  }
  const meant = names.map((name) => (isDeclared(name) ? name : (former.get(name) ?? name)));
  const people = [...new Set(meant)].sort(byText);
  return { people, undeclared: people.filter((email) => !isDeclared(email)) };
}

/**
 * What is declared of some people alone, and who of them may be deleted: the plan of it is a part of the whole plan.
 * Whoever else is live is as if not declared, so that nothing of theirs changes but a manager's new address. The field
 * mapping is everybody's, so it stays.
 */
export function narrowed(
  desired: DesiredRoster,
  live: LiveRoster,
  mapping: FieldMapping,
  ownership: Ownership,
  only: readonly string[],
): { readonly desired: DesiredRoster; readonly ownership: Ownership } {
  const named = new Set(only);
  const ofNamed = <Value>(all: ReadonlyMap<string, Value>) => new Map([...all].filter(([email]) => named.has(email)));
  return {
    desired: {
      ...desired,
      fields: live.mapping === null ? desired.fields : null,
      developers: ofNamed(desired.developers),
      absent: ofNamed(desired.absent),
    },
    ownership: { ...ownership, prune: "managed", managed: leavers(desired, live, mapping, ownership, named) },
  };
}

/** Whom the whole plan deletes: somebody may look like a leaver who is only renamed. */
function leavers(
  desired: DesiredRoster,
  live: LiveRoster,
  mapping: FieldMapping,
  ownership: Ownership,
  named: ReadonlySet<string>,
): ReadonlySet<string> {
  const may = [...named].filter((email) => live.developers.has(email) && !desired.developers.has(email));
  if (may.length === 0) return new Set();
  const deletes = new Set(changesOf(diffRoster(desired, live, mapping, ownership).changes, "delete").map(emailOf));
  return new Set(may.filter((email) => deletes.has(email)));
}

function emailOf({ email }: { readonly email: string }): string {
  return email;
}
