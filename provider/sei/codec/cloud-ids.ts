import { ApplicationTypeMissingError } from "../errors/generation-errors.js";
import type { WritableIdentity } from "../writer.js";
import type { Table } from "./csv.js";

/**
 * The body of `POST /v2/developers/cloud-ids`, the previous generation: all three fields are required. It has the kind
 * of tool (`applicationType`) where the current one has the integration.
 *
 * @throws ApplicationTypeMissingError when it is not known for one of them; nothing was sent
 * @example
 * cloudIdsBody([{ email: "ada@example.com", integrationId: 101, identity: "ada", applicationType: "GITHUB" }]);
 * // { integrationUsers: [{ email: "ada@example.com", applicationType: "GITHUB", cloudId: "ada" }] }
 */
export function cloudIdsBody(identities: readonly WritableIdentity[]): unknown {
  return { integrationUsers: identities.map(cloudIdOf) };
}

/**
 * The CSV of `POST /v2/developers/cloud-ids/upload`. The documents do not show its columns: they are the fields of the
 * JSON form.
 *
 * @throws ApplicationTypeMissingError
 */
export function cloudIdsTable(identities: readonly WritableIdentity[]): Table {
  return {
    header: ["email", "applicationType", "cloudId"],
    rows: identities.map(cloudIdOf).map(({ email, applicationType, cloudId }) => [email, applicationType, cloudId]),
  };
}

function cloudIdOf({ email, integrationId, identity, applicationType }: WritableIdentity) {
  if (applicationType === undefined) throw new ApplicationTypeMissingError(integrationId);
  return { email, applicationType, cloudId: identity };
}
