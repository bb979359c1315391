import type { Identity } from "../roster/developer.js";
import type { Finding } from "./check.js";
import { saysOf } from "./check-reading.js";
import type { Evidence, Subject } from "./evidence.js";
import { someOf } from "./some-of.js";

/** So many integrations get a line. */
const MOST = 20;

/** Who has no identity in which integration, and which identities belong to nobody live? */
export function checkIdentities({
  live,
  subject,
  identitiesFailed,
}: Pick<Evidence, "live" | "identitiesFailed"> & { readonly subject: Pick<Subject, "people"> }): Finding {
  if (live.kind !== "done")
    return { status: "unknown", says: live.kind === "failed" ? "see whole read" : saysOf(live) };
  const { developers, identities, identityCompleteness } = live.value;
  if (identities === null) return { status: "problem", says: identitiesFailed ?? "they could not be read" };
  if (identityCompleteness?.proven === false && identityCompleteness.unavailable !== undefined) {
    return {
      status: "warning",
      says: `they cannot be read: ${identityCompleteness.reason}`,
      todo: `For rosters with identities: ${identityCompleteness.unavailable}.`,
    };
  }
  if (identityCompleteness?.proven === false && identityCompleteness.contradicted) {
    return {
      status: "problem",
      says: `not proven to be all: ${identityCompleteness.reason}`,
      todo: "Run it again: somebody may be writing. Nobody is renamed and no identity is set until two answers agree.",
    };
  }
  const everybody = [...developers.keys()].sort();
  const holders = holdersOf(identities);
  const ofNobody = identities.filter(({ email }) => !developers.has(email));
  const withAny = new Set(identities.map(({ email }) => email));
  const without = everybody.filter((email) => !withAny.has(email));
  const lines = [...holders].map(([id, emails]) => ({ id, missing: everybody.filter((email) => !emails.has(email)) }));
  const lacking = lines.filter(({ missing }) => missing.length > 0);
  const counts = {
    identities: identities.length,
    integrations: holders.size,
    withoutAny: without.length,
    ofNobody: ofNobody.length,
    ...Object.fromEntries(lines.map(({ id, missing }) => [`without:${id}`, missing.length])),
  };
  const details = [
    ...(without.length === 0 ? [] : [`none at all: ${someOf(without, everybody.length, subject.people)}`]),
    ...lacking
      .slice(0, MOST)
      .map(({ id, missing }) => `none in integration ${id}: ${someOf(missing, everybody.length, subject.people)}`),
    ...(lacking.length > MOST ? [`… and ${lacking.length - MOST} more integrations`] : []),
    ...(ofNobody.length === 0 ? [] : [`of nobody live: ${nobodyText(ofNobody, subject.people)}`]),
  ];
  const says = `${identities.length} in ${holders.size} integration${holders.size === 1 ? "" : "s"}`;
  if (everybody.length === 0 && ofNobody.length === 0)
    return { status: "ok", says: "none, and nobody to have one", counts };
  if (details.length === 0) return { status: "ok", says: `${says}; everybody has one in each`, counts };
  return {
    status: "warning",
    says: `${says}; ${without.length} of ${everybody.length} developers have none, ${ofNobody.length} of nobody live`,
    todo: [
      ...(without.length + lacking.length > 0
        ? ["Declare them under `identities`, if SEI does not find them itself."]
        : []),
      ...(ofNobody.length > 0 ? ["No request of the API takes an identity of nobody away."] : []),
    ].join(" "),
    details,
    counts,
  };
}

/** Emails by integrationId, in order. */
function holdersOf(identities: readonly Identity[]): ReadonlyMap<number, ReadonlySet<string>> {
  const ids = [...new Set(identities.map(({ integrationId }) => integrationId))].sort((a, b) => a - b);
  const holders = new Map(ids.map((id) => [id, new Set<string>()]));
  for (const { integrationId, email } of identities) holders.get(integrationId)?.add(email);
  return holders;
}

function nobodyText(identities: readonly Identity[], people: "names" | "masked"): string {
  const emails = [...new Set(identities.map(({ email }) => email))].sort();
  return someOf(emails, null, people);
}
