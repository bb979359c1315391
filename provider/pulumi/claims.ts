import { type People, showEmail } from "../report/people.js";

/** Who is declared by which resource of one program. */
export interface Claims {
  /**
   * Takes the people of a roster resource.
   *
   * @returns what to refuse it with when another resource has declared some of them; null when nobody has
   */
  take(resource: string, emails: Iterable<string>): string | null;
  /** Takes identities that a resource declares. */
  takeIdentities(declarer: Declarer, identities: Iterable<ClaimedIdentity>): IdentityClash;
}

/** A resource that declares identities. */
export interface Declarer {
  /** As messages call it, such as `DeveloperRoster "team"`. */
  readonly resource: string;
  /** Where it declares somebody, such as `roster/team.yaml:12:3`; "" where the resource says it all. */
  placeOf(email: string): string;
}

/** One identity as it is declared. */
export interface ClaimedIdentity {
  readonly email: string;
  readonly integrationId: number;
  readonly identity: string;
}

/** What several resources say of the same identities. */
export interface IdentityClash {
  /** What to refuse the resource with: another one says something else; null when none does. */
  readonly conflict: string | null;
  /** The other resources that say the same of somebody. */
  readonly alsoIn: readonly string[];
}

const MOST_NAMED = 5;

/**
 * Claims of one run of a program. Two rosters that declare one person would undo each other's changes on every `up`, and
 * each would delete whom the other keeps; two resources that declare one identity otherwise would take turns.
 *
 * They live in the process of the program, which constructs every resource of a stack: a provider is called for one
 * resource at a time and never sees the others.
 *
 * @param people how far a refusal may name people
 * @example
 * const claims = makeClaims();
 * claims.take("engineering", ["ada@example.com"]); // null
 * claims.take("insights", ["ada@example.com"]); // "1 developer(s) are declared by two rosters of this program, ..."
 */
export function makeClaims(people: People = "names"): Claims {
  const owners = new Map<string, string>();
  const byDeveloper = new Map<string, ClaimOf>();
  const byIdentity = new Map<string, ClaimOf>();
  const who = (email: string) => (people === "none" ? "somebody" : showEmail(email, people));
  return {
    take(resource, emails) {
      const clashes: string[] = [];
      for (const email of emails) {
        const owner = owners.get(email);
        if (owner === undefined) owners.set(email, resource);
        else if (owner !== resource) clashes.push(`${who(email)} (${owner})`);
      }
      if (clashes.length === 0) return null;
      return `${clashes.length} developer(s) are declared by two rosters of this program, here and in another: ${firstOf(clashes, ", ")}. Declare each in one of them`;
    },
    takeIdentities(declarer, identities) {
      const clashes: string[] = [];
      const alsoIn = new Set<string>();
      for (const claim of identities) {
        const { email, integrationId, identity } = claim;
        const mine = { declarer, claim };
        const same = claimed(byDeveloper, `${integrationId} ${email}`, mine);
        const holder = claimed(byIdentity, `${integrationId} ${identity}`, mine);
        if (same !== null && same.claim.identity !== identity) {
          const what = `the identity of ${who(email)} in integration ${integrationId}`;
          clashes.push(`${what} is one in ${nameOf(same)} and another in ${nameOf(mine)}`);
        } else if (holder !== null && holder.claim.email !== email) {
          const what = `one identity in integration ${integrationId}`;
          clashes.push(
            `${what} is ${who(holder.claim.email)}'s in ${nameOf(holder)} and ${who(email)}'s in ${nameOf(mine)}`,
          );
        } else if (same !== null) alsoIn.add(same.declarer.resource);
      }
      const conflict =
        clashes.length === 0
          ? null
          : `two resources of this program declare an identity differently: ${firstOf(clashes, "; ")}. Keep it in one of them`;
      return { conflict, alsoIn: [...alsoIn] };
    },
  };
}

interface ClaimOf {
  readonly declarer: Declarer;
  readonly claim: ClaimedIdentity;
}

/** The claim of another resource; null when there is none, which makes it ours. */
function claimed(claims: Map<string, ClaimOf>, key: string, mine: ClaimOf): ClaimOf | null {
  const known = claims.get(key);
  if (known === undefined) claims.set(key, mine);
  return known === undefined || known.declarer.resource === mine.declarer.resource ? null : known;
}

function nameOf({ declarer, claim }: ClaimOf): string {
  const place = declarer.placeOf(claim.email);
  return place === "" ? declarer.resource : `${declarer.resource} (${place})`;
}

function firstOf(words: readonly string[], separator: string): string {
  const more = words.length - MOST_NAMED;
  return `${words.slice(0, MOST_NAMED).join(separator)}${more > 0 ? ` and ${more} more` : ""}`;
}
