import type { DesiredRoster } from "./desired-roster.js";
import type { Developer } from "./developer.js";
import { byText } from "./strings.js";
import { passed, type Verdict } from "./verdict.js";

/** A rename is not carried out by this version: as a delete and a create it would lose the identities. */
export function judgePreviousEmails(desired: DesiredRoster, live: ReadonlyMap<string, Developer>): Verdict {
  const name = "rename";
  const limit = "renames are not carried out by this version";
  const people = [...desired.developers.values()]
    .filter(({ previousEmails }) => previousEmails?.some((email) => live.has(email)) === true)
    .map(({ email }) => email);
  if (people.length === 0) return passed(name, limit, 0);
  return {
    name,
    limit,
    actual: people.length,
    verdict: "refused",
    reason: `${people.length} developer(s) have a previous address that is live, and a new address would lose the identities and the history of the old one`,
    hint: "rename them in Harness SEI and run this again; or take `previousEmails` out to create and delete",
    people: people.sort(byText),
  };
}
