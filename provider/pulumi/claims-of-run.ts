import * as pulumi from "@pulumi/pulumi";
import { type Claims, makeClaims } from "./claims.js";
import { NAMESPACE, peopleFrom } from "./settings.js";

/** By stack, because one process may run several programs, as the automation API does. */
const claimsByStack = new WeakMap<object, Claims>();

/** The claims of the program that runs. */
export function claimsOfRun(): Claims {
  const stack = pulumi.runtime.getStackResource() ?? pulumi.runtime;
  const claims = claimsByStack.get(stack) ?? makeClaims(peopleFrom(new pulumi.Config(NAMESPACE).get("people")));
  claimsByStack.set(stack, claims);
  return claims;
}

/**
 * Says that two resources declare the same. Of no resource, because that would wait for it to be registered, which waits
 * for us.
 */
export async function warnOfDouble(resource: string, alsoIn: readonly string[]): Promise<void> {
  await pulumi.log.warn(
    `${resource} declares an identity that ${alsoIn.join(" and ")} declares as well: one is enough`,
  );
}
