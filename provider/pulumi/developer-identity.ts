import * as pulumi from "@pulumi/pulumi";
import { refusePlainKey, resourceType, stub } from "./resource-kind.js";

export interface DeveloperIdentityArgs {
  /** The developer, who must be live: use `dependsOn` when a roster of the same program creates them. */
  readonly email: pulumi.Input<string>;
  /** The integration's number in SEI. */
  readonly integrationId: pulumi.Input<number>;
  /** The developer's user id there: a login, an account id. */
  readonly identity: pulumi.Input<string>;
}

/**
 * One developer's user id in one integration. For whole rosters, `identities` in the roster's source takes fewer
 * requests. The API cannot delete an identity: a destroy forgets it, and says so.
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
    const { email, integrationId, identity } = args;
    const seeded = { endpoint: undefined, account: undefined };
    super(
      resourceType("DeveloperIdentity"),
      name,
      { ...stub("identity-provider"), email, integrationId, identity, ...seeded },
      opts,
    );
  }
}
