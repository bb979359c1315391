import { type ApplicationType, isApplicationType } from "../account/integrations.js";
import type { IdentityEntry } from "../account/place-identities.js";
import { badRequest } from "../rules/refusal.js";
import { isObject } from "../shapes/mapping-json.js";
import type { Simulation } from "../simulation.js";
import { readCells, WRONG_FILE } from "./identity-cells.js";
import { checkFileSize } from "./limits.js";
import { putIdentities } from "./set-identities.js";

/** The documented text for a body that is no set of cloud ids. */
const WRONG_BODY = "Invalid payload or missing authorization.";

/** One cloud id as the previous generation speaks of it: by the kind of tool, not by the integration. */
interface CloudId {
  readonly email: string;
  readonly applicationType: string;
  readonly cloudId: string;
}

/**
 * `POST /v2/developers/cloud-ids` with `{"integrationUsers": [{email, applicationType, cloudId}]}`.
 *
 * @throws Refusal 400 for another body, for an `applicationType` that is none, and for what the dialect refuses
 */
export function setCloudIds(simulation: Simulation, body: unknown): Promise<Response> {
  const users: unknown = isObject(body) ? body["integrationUsers"] : undefined;
  if (!Array.isArray(users)) throw badRequest(WRONG_BODY);
  const given = users.map((user: unknown): CloudId => {
    if (!isObject(user)) throw badRequest(WRONG_BODY);
    const { email, applicationType, cloudId } = user;
    if (typeof email !== "string" || typeof applicationType !== "string" || typeof cloudId !== "string") {
      throw badRequest(WRONG_BODY);
    }
    return { email, applicationType, cloudId };
  });
  return putIdentities(simulation, entriesOf(given, simulation, WRONG_BODY), "json");
}

/** `POST /v2/developers/cloud-ids/upload`: a CSV, whose columns the documents do not name; taken to be those of the JSON. */
export function setCloudIdsCsv(simulation: Simulation, file: Uint8Array): Promise<Response> {
  checkFileSize(file, simulation.dialect);
  const given = readCells(file, ["email", "applicationType", "cloudId"]).map(
    ([email = "", applicationType = "", cloudId = ""]) => ({ email, applicationType, cloudId }),
  );
  return putIdentities(simulation, entriesOf(given, simulation, WRONG_FILE), "csv");
}

function entriesOf(given: readonly CloudId[], simulation: Simulation, wrong: string): readonly IdentityEntry[] {
  return given.flatMap(({ email, applicationType, cloudId }) => {
    const type = applicationType.trim();
    if (!isApplicationType(type)) throw badRequest(wrong);
    return integrationsOf(type, simulation).map((integrationId) => ({ email, integrationId, identity: cloudId }));
  });
}

/** The integrations that a cloud id of this type is set for. */
function integrationsOf(type: ApplicationType, { integrations, dialect }: Simulation): readonly number[] {
  const ids = integrations.ofType(type);
  if (ids.length === 0) {
    if (dialect.unlistedApplicationType === "badRequest") throw badRequest(`There is no integration of type ${type}.`);
    return [integrations.assigned(type)];
  }
  if (ids.length === 1 || dialect.sharedApplicationType === "all") return ids;
  if (dialect.sharedApplicationType === "first") return ids.slice(0, 1);
  throw badRequest(`There are several integrations of type ${type}.`);
}
