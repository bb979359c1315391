import type { ContributorLists } from "../account/contributor-lists.js";
import { peopleOf } from "../account/people.js";
import type { RowFault } from "../faults/fault.js";
import { windowOf } from "../faults/row-faults.js";
import { badRequest } from "../rules/refusal.js";
import { orgUuid, userUuid } from "../shapes/contributor-json.js";
import { isObject } from "../shapes/mapping-json.js";
import type { Simulation } from "../simulation.js";

/**
 * `POST /v1/sei_contributor/list`: "the list of licensed users". Those who have a user in a source code integration; all
 * their users are told, and there are no pages.
 *
 * @throws Refusal 400 for a body that is no object
 */
export function licensedContributors(
  lists: ContributorLists,
  { integrations }: Simulation,
  body: unknown,
  faults: readonly RowFault[],
): Response {
  if (!isObject(body)) throw badRequest("Invalid request");
  const { revision } = lists.visible;
  const licensed = peopleOf(lists.visible).filter(({ users }) => users.some(([id]) => integrations.inV1(id).licensed));
  const { rows, total } = windowOf(licensed, 0, licensed.length, faults);
  return Response.json({
    org_user_count: total,
    integration_user_count: licensed.reduce((sum, { users }) => sum + users.length, 0),
    org_user_details: rows.map(({ refId, email, fullName, users }) => ({
      org_user_id: orgUuid(refId, revision),
      org_user_ref_id: String(refId),
      email,
      full_name: fullName,
      integration_user_details: users.map(([id, userId]) => ({
        integration_user_id: userUuid(refId, id),
        cloud_id: userId,
        integration_id: id,
        integration_type: integrations.inV1(id).type,
      })),
    })),
  });
}
