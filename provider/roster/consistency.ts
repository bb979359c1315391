import { type Change, changesOf } from "./change.js";
import type { Developer } from "./developer.js";
import { byText } from "./strings.js";
import { passed, type Verdict } from "./verdict.js";

/** A rule of the API that the roster would break after the apply. */
interface Breach {
  readonly people: readonly string[];
  readonly reason: string;
  readonly hint: string;
  /** The reason without people, where it names any. */
  readonly impersonal?: string;
}

/**
 * Checks the whole roster as it would be: the API refuses a record without a name, a manager who is nobody and a
 * reporting cycle (Troubleshooting, "Error types"). What is wrong already and not touched by the plan is not ours.
 *
 * @param declared who is in the source, for a plan of named people alone: it may need somebody who was not named
 */
export function judgeConsistency(
  changes: readonly Change[],
  after: ReadonlyMap<string, Developer>,
  unknownAttributes: readonly string[],
  declared: { has(email: string): boolean } | null = null,
): Verdict {
  const touched = new Set(changes.flatMap(addressesOf));
  const breaches = [
    ...nameless(changes),
    ...orphans(touched, after, declared),
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
    ...(breaches.some(({ impersonal }) => impersonal !== undefined)
      ? { impersonal: { limit, reason: breaches.map(({ impersonal, reason }) => impersonal ?? reason).join("; ") } }
      : {}),
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

function orphans(
  touched: ReadonlySet<string>,
  after: ReadonlyMap<string, Developer>,
  declared: { has(email: string): boolean } | null,
): Breach[] {
  const reports = [...after.values()].filter(
    ({ email, managerEmail }) =>
      managerEmail !== "" && !after.has(managerEmail) && (touched.has(email) || touched.has(managerEmail)),
  );
  const people = reports.map(({ email }) => email);
  if (people.length === 0) return [];
  const managers = [...new Set(reports.map(({ managerEmail }) => managerEmail))].sort(byText);
  return [
    {
      people,
      ...(declared === null
        ? {
            reason: `MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS: ${people.length} developer(s) would report to somebody who is not on the roster`,
            hint: "give the reports another manager in the same change, or keep the manager",
          }
        : missingManagers(people, managers, touched, declared)),
    },
  ];
}

/** Of a plan of named people: who has to be named too. */
function missingManagers(
  reports: readonly string[],
  managers: readonly string[],
  touched: ReadonlySet<string>,
  declared: { has(email: string): boolean },
): Omit<Breach, "people"> {
  const named = (emails: readonly string[]) => emails.map((email) => `--only ${email}`).join(" ");
  const leaving = managers.filter((email) => touched.has(email));
  const missing = managers.filter((email) => !touched.has(email));
  const [here, nowhere] = [missing.filter((email) => declared.has(email)), missing.filter((e) => !declared.has(e))];
  const reasonWith = (whom: string) =>
    `MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS: ${reports.length} developer(s) would report to ${whom} who would not be live`;
  return {
    reason: reasonWith(`${firstOf(managers)},`),
    impersonal: reasonWith("somebody"),
    hint: [
      ...(here.length === 0 ? [] : [`name the manager as well: ${named(here.slice(0, MOST_NAMED))}`]),
      ...(nowhere.length === 0 ? [] : [`${firstOf(nowhere)} is not declared either: create the manager first`]),
      ...(leaving.length === 0
        ? []
        : [`give the reports another manager, and name them as well: ${named(reports.slice(0, MOST_NAMED))}`]),
    ].join("; "),
  };
}

const MOST_NAMED = 5;

function firstOf(emails: readonly string[]): string {
  const rest = emails.length - MOST_NAMED;
  return `${emails.slice(0, MOST_NAMED).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** Walks up from each who is touched, once; `done` holds everybody whose way up is known, so the whole is linear. */
function cycles(touched: ReadonlySet<string>, after: ReadonlyMap<string, Developer>): Breach[] {
  const done = new Set<string>();
  const found: Breach[] = [];
  for (const start of [...touched].sort(byText)) {
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
