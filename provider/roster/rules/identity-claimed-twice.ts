import type { DesiredDeveloper } from "../developer.js";
import type { Effective } from "../effective.js";
import { brief, quoted } from "../shown.js";
import { firstOverlaps } from "./first-overlaps.js";
import type { Problem } from "./problem.js";

interface Claim {
  readonly email: string;
  readonly index: number;
  readonly effective: Effective | undefined;
  /** How many claims come before it: problems are in this order. */
  readonly order: number;
}

/** Whoever claims one user id, by email: the same person twice is a DUPLICATE_EMAIL, and only that. */
interface Claimed {
  readonly integrationId: number;
  readonly identity: string;
  readonly claims: Map<string, Claim>;
}

/**
 * IDENTITY_CLAIMED_TWICE: a user id of an integration belongs to one developer. Spaces around it make no other one: some
 * APIs store it without them. Who leaves may hand an account on.
 */
export function identityClaimedTwice(developers: readonly DesiredDeveloper[]): readonly Problem[] {
  const problems = [...claimsOf(developers)].flatMap(({ integrationId, identity, claims }) => {
    if (claims.size === 1) return [];
    const inOrder = [...claims.values()];
    const clashes = firstOverlaps(inOrder.map(({ effective }) => effective));
    return inOrder.flatMap((later, at) => {
      const earlier = inOrder[clashes[at] ?? -1];
      if (earlier === undefined) return [];
      return [{ order: later.order, problem: problemOf(earlier, later, integrationId, identity) }];
    });
  });
  return problems.sort((a, b) => a.order - b.order).map(({ problem }) => problem);
}

function* claimsOf(developers: readonly DesiredDeveloper[]): Iterable<Claimed> {
  const integrations = new Map<number, Map<string, Claimed>>();
  let order = 0;
  for (const [index, { email, identities, effective }] of developers.entries()) {
    for (const [integrationId, written] of identities) {
      const identity = written.trim();
      const ofIntegration = integrations.get(integrationId) ?? new Map<string, Claimed>();
      integrations.set(integrationId, ofIntegration);
      const { claims } = ofIntegration.get(identity) ?? { claims: new Map<string, Claim>() };
      if (claims.size === 0) ofIntegration.set(identity, { integrationId, identity, claims });
      if (!claims.has(email)) claims.set(email, { email, index, effective, order: order++ });
    }
  }
  for (const ofIntegration of integrations.values()) yield* ofIntegration.values();
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
