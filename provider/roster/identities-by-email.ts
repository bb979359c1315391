import type { Identity } from "./developer.js";

/** Identities by the key of the developer who holds them. */
export function identitiesByEmail(identities: readonly Identity[]): ReadonlyMap<string, readonly Identity[]> {
  const byEmail = new Map<string, Identity[]>();
  for (const identity of identities) {
    const own = byEmail.get(identity.email);
    if (own === undefined) byEmail.set(identity.email, [identity]);
    else own.push(identity);
  }
  return byEmail;
}
