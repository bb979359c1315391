import type { DesiredDeveloper } from "../developer.js";
import { overlap } from "../effective.js";
import { brief, quoted } from "../shown.js";
import type { Problem } from "./problem.js";

interface Claim {
  readonly email: string;
  readonly index: number;
}

/**
 * IDENTITY_CLAIMED_TWICE: a user id of an integration belongs to one developer. Spaces around it make no other one: some
 * APIs store it without them.
 */
export function identityClaimedTwice(developers: readonly DesiredDeveloper[]): readonly Problem[] {
  const claims = new Map<number, Map<string, Claim[]>>();
  const problems: Problem[] = [];
  for (const [index, { email, identities, effective }] of developers.entries()) {
    for (const [integrationId, written] of identities) {
      const identity = written.trim();
      const ofIntegration = claims.get(integrationId) ?? new Map<string, Claim[]>();
      claims.set(integrationId, ofIntegration);
      const claim = { email, index };
      const earlier = ofIntegration.get(identity);
      if (earlier === undefined) {
        ofIntegration.set(identity, [claim]);
        continue;
      }
      // The same person twice is a DUPLICATE_EMAIL, and only that.
      if (earlier.some((one) => one.email === email)) continue;
      // Who leaves may hand an account on.
      const clash = earlier.find((one) => overlap(developers[one.index]?.effective, effective));
      if (clash !== undefined) problems.push(problemOf(clash, claim, integrationId, identity));
      earlier.push(claim);
    }
  }
  return problems;
}

function problemOf(earlier: Claim, later: Claim, integrationId: number, identity: string): Problem {
  return {
    rule: "IDENTITY_CLAIMED_TWICE",
    message: `the identity ${quoted(identity)} of integration ${integrationId} is claimed by ${brief(earlier.email)} and by ${brief(later.email)}`,
    hint: "give it to one of them; work would be counted for the wrong person",
    emails: [earlier.email, later.email],
    subject: { kind: "identity", index: later.index, integrationId },
    other: { kind: "identity", index: earlier.index, integrationId },
  };
}
