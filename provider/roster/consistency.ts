import { type Change, changesOf } from "./change.js";
import type { Developer } from "./developer.js";
import { byText } from "./strings.js";
import { passed, type Verdict } from "./verdict.js";

/** A rule of the API that the roster would break after the apply. */
interface Breach {
  readonly people: readonly string[];
  readonly reason: string;
  readonly hint: string;
}

/**
 * Checks the whole roster as it would be: the API refuses a record without a name, a manager who is nobody and a
 * reporting cycle (Troubleshooting, "Error types"). What is wrong already and not touched by the plan is not ours.
 */
export function judgeConsistency(
  changes: readonly Change[],
  after: ReadonlyMap<string, Developer>,
  unknownAttributes: readonly string[],
): Verdict {
  const touched = new Set(changes.flatMap(addressesOf));
  const breaches = [
    ...nameless(changes),
    ...orphans(touched, after),
    ...cycles(touched, after),
    ...strangers(changes, after),
    ...unknown(unknownAttributes),
  ];
  const limit = "the rules of the API hold after the apply";
  if (breaches.length === 0) return passed("consistency", limit, 0);
  return {
    name: "consistency",
    limit,
    actual: breaches.length,
    verdict: "refused",
    reason: breaches.map(({ reason }) => reason).join("; "),
    hint: [...new Set(breaches.map(({ hint }) => hint))].join("; "),
    people: [...new Set(breaches.flatMap(({ people }) => people))].sort(byText),
  };
}

/** Whose record a change touches. */
function addressesOf(change: Change): readonly string[] {
  switch (change.kind) {
    case "mapField":
      return [];
    case "rename":
      return [change.email, change.previousEmail];
    case "create":
    case "update":
    case "delete":
    case "setIdentity":
      return [change.email];
  }
}

function nameless(changes: readonly Change[]): Breach[] {
  const records = [...changesOf(changes, "create"), ...changesOf(changes, "rename"), ...changesOf(changes, "update")];
  const people = [...new Set(records.filter(({ after }) => after.name.trim() === "").map(({ email }) => email))];
  if (people.length === 0) return [];
  return [
    {
      people,
      reason: `REQUIRED_VALUE_MISSING: ${people.length} developer(s) without a name`,
      hint: "give them a name",
    },
  ];
}

function orphans(touched: ReadonlySet<string>, after: ReadonlyMap<string, Developer>): Breach[] {
  const people = [...after.values()]
    .filter(
      ({ email, managerEmail }) =>
        managerEmail !== "" && !after.has(managerEmail) && (touched.has(email) || touched.has(managerEmail)),
    )
    .map(({ email }) => email);
  if (people.length === 0) return [];
  return [
    {
      people,
      reason: `MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS: ${people.length} developer(s) would report to somebody who is not on the roster`,
      hint: "give the reports another manager in the same change, or keep the manager",
    },
  ];
}

/** Walks up from each developer once; `done` holds everybody whose way up is known, so the whole is linear. */
function cycles(touched: ReadonlySet<string>, after: ReadonlyMap<string, Developer>): Breach[] {
  const done = new Set<string>();
  const found: Breach[] = [];
  for (const start of [...after.keys()].sort(byText)) {
    const path: string[] = [];
    const onPath = new Set<string>();
    let at: string | undefined = start;
    while (at !== undefined && at !== "" && !done.has(at) && !onPath.has(at)) {
      path.push(at);
      onPath.add(at);
      at = after.get(at)?.managerEmail;
    }
    if (at !== undefined && onPath.has(at)) {
      const cycle = path.slice(path.indexOf(at));
      if (cycle.some((email) => touched.has(email))) {
        found.push({
          people: cycle,
          reason: `CIRCULAR_REFERENCE: ${cycle.length} developer(s) would report to each other in a circle`,
          hint: "declare the manager of one of them so that the circle opens",
        });
      }
    }
    for (const email of path) done.add(email);
  }
  return found;
}

/** An identity can only be given to somebody who is on the roster. */
function strangers(changes: readonly Change[], after: ReadonlyMap<string, Developer>): Breach[] {
  const people = changes.flatMap((change) =>
    change.kind === "setIdentity" && !after.has(change.email) ? [change.email] : [],
  );
  if (people.length === 0) return [];
  return [
    { people, reason: `${people.length} identity(ies) of nobody on the roster`, hint: "declare the developer too" },
  ];
}

function unknown(attributes: readonly string[]): Breach[] {
  if (attributes.length === 0) return [];
  return [
    {
      people: [],
      reason: `the field mapping has no column for ${attributes.map((name) => JSON.stringify(name)).join(", ")}`,
      hint: "correct the name, or declare the column under fields.attributes",
    },
  ];
}
