import { integrationId } from "../roster/rules/unknown-integration.js";
import type { WrittenDeveloper } from "./document.js";
import type { Finding } from "./finding.js";
import { brief, quoted } from "./show.js";
import type { Mark } from "./tree.js";

/** The identities of one developer by integrationId, and where each stands. */
export interface ResolvedIdentities {
  readonly identities: ReadonlyMap<number, string>;
  readonly marks: ReadonlyMap<number, Mark>;
}

const NONE: ResolvedIdentities = { identities: new Map(), marks: new Map() };

/** Looks the integrations of a developer's identities up. */
export function resolveIdentities(
  { origin, email, identities: written }: WrittenDeveloper,
  known: ReadonlyMap<string, number>,
  findings: Finding[],
): ResolvedIdentities {
  if (written.length === 0) return NONE;
  const identities = new Map<number, string>();
  const marks = new Map<number, Mark>();
  const names = new Map<number, string>();
  for (const { integration, identity, mark } of written) {
    const id = integrationId(integration, known);
    if (typeof id !== "number") {
      findings.push(origin.finding(mark, id.rule, id.message, id.hint));
      continue;
    }
    if (identity !== identity.trim()) {
      const message = `the identity ${quoted(identity)} of ${brief(email)} has spaces around it`;
      findings.push(
        origin.warning(mark, "IDENTITY_WITH_SPACES", message, "it is kept so; take them out if nobody meant them"),
      );
    }
    const earlier = names.get(id);
    if (earlier !== undefined && earlier !== integration) {
      const message = `${quoted(integration)} and ${quoted(earlier)} are one integration, and ${brief(email)} has both`;
      findings.push(origin.finding(mark, "DUPLICATE_KEY", message, "keep one of them"));
    }
    names.set(id, integration);
    identities.set(id, identity);
    marks.set(id, mark);
  }
  return { identities, marks };
}
