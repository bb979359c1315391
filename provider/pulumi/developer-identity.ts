import * as pulumi from "@pulumi/pulumi";
import { emailKey } from "../roster/email.js";
import type { ClaimedIdentity } from "./claims.js";
import { claimsOfRun, warnOfDouble } from "./claims-of-run.js";
import { refusePlainKey, resourceType, stub } from "./resource-kind.js";

export interface DeveloperIdentityArgs {
  /** The developer, who must be live: use `dependsOn` when a roster of the same program creates them. */
  readonly email: pulumi.Input<string>;
  /** The integration's number in SEI. */
  readonly integrationId: pulumi.Input<number>;
  /** The developer's user id there: a login, an account id. */
  readonly identity: pulumi.Input<string>;
  /** What kind of tool the integration is, such as `GITHUB`: only needed with `harness-sei:generation` previous. */
  readonly applicationType?: pulumi.Input<string> | undefined;
  /** The email of the developer who holds the identity now and may lose it. Left out: it is taken from nobody. */
  readonly moveFrom?: pulumi.Input<string> | undefined;
}

/**
 * One developer's user id in one integration. For whole rosters, `identities` in the roster's source takes fewer
 * requests. The API cannot delete an identity: a destroy forgets it, and says so.
 *
 * Another identity, or another email (a developer who was renamed), is an update; another integration is a replacement.
 *
 * @example
 * new sei.DeveloperIdentity("ada-github", { email: "ada@example.com", integrationId: 101, identity: "ada" });
 */
export class DeveloperIdentity extends pulumi.CustomResource {
  declare readonly email: pulumi.Output<string>;
  declare readonly integrationId: pulumi.Output<number>;
  declare readonly identity: pulumi.Output<string>;

  constructor(name: string, args: DeveloperIdentityArgs, opts?: pulumi.CustomResourceOptions) {
    refusePlainKey();
    const { email, integrationId, identity, applicationType, moveFrom } = args;
    const optional = {
      ...(applicationType === undefined ? {} : { applicationType }),
      ...(moveFrom === undefined ? {} : { moveFrom }),
    };
    const problem = pulumi.output({ email, integrationId, identity }).apply((claim) => problemOf(name, claim));
    const seeded = { endpoint: undefined, account: undefined };
    super(
      resourceType("DeveloperIdentity"),
      name,
      { ...stub("identity-provider"), email, integrationId, identity, ...optional, problem, ...seeded },
      opts,
    );
  }
}

/** Another resource of the program says something else of this identity; undefined: none does. `check` refuses it. */
async function problemOf(
  name: string,
  { email, integrationId, identity }: ClaimedIdentity,
): Promise<string | undefined> {
  // A program may not be type-checked: `check` says what is wrong.
  if (typeof email !== "string" || typeof identity !== "string") return undefined;
  const declarer = { resource: `DeveloperIdentity "${name}"`, placeOf: () => "" };
  const claim = { email: emailKey(email), integrationId, identity: identity.trim() };
  const { conflict, alsoIn } = claimsOfRun().takeIdentities(declarer, [claim]);
  if (conflict !== null) return conflict;
  if (alsoIn.length > 0) await warnOfDouble(declarer.resource, alsoIn);
  return undefined;
}
