/** Who is declared by which roster resource of one program. */
export interface Claims {
  /**
   * Takes the people of a resource.
   *
   * @returns what to refuse it with when another resource has declared some of them; null when nobody has
   */
  take(resource: string, emails: Iterable<string>): string | null;
}

const MOST_NAMED = 5;

/**
 * Claims of one run of a program. Two rosters that declare one person would undo each other's changes on every `up`, and
 * each would delete whom the other keeps.
 *
 * @example
 * const claims = makeClaims();
 * claims.take("engineering", ["ada@example.com"]); // null
 * claims.take("insights", ["ada@example.com"]); // "1 developer(s) are declared by two rosters of this program, ..."
 */
export function makeClaims(): Claims {
  const owners = new Map<string, string>();
  return {
    take(resource, emails) {
      const clashes: string[] = [];
      for (const email of emails) {
        const owner = owners.get(email);
        if (owner === undefined) owners.set(email, resource);
        else if (owner !== resource) clashes.push(`${email} (${owner})`);
      }
      if (clashes.length === 0) return null;
      const more = clashes.length - MOST_NAMED;
      const named = clashes.slice(0, MOST_NAMED).join(", ");
      return `${clashes.length} developer(s) are declared by two rosters of this program, here and in another: ${named}${more > 0 ? ` and ${more} more` : ""}. Declare each in one of them`;
    },
  };
}
