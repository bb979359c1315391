import type { ContributorLists } from "../account/contributor-lists.js";
import { contributorSchema } from "../operations/contributor-schema.js";
import { contributorVersions } from "../operations/contributor-versions.js";
import { licensedContributors } from "../operations/licensed-contributors.js";
import { listContributors } from "../operations/list-contributors.js";
import { updateContributors } from "../operations/update-contributors.js";
import { contributorRefusal } from "../shapes/contributor-refusal.js";
import type { Simulation } from "../simulation.js";
import { type Endpoint, queryOf } from "./endpoint.js";
import { readJson } from "./read-body.js";

const READ = "developer_records:read";
const WRITE = "developer_records:write";
const USERS = "/v1/org/users";

/** The v1 API (SEI 1.0): the third document, "Contributors", and what is known of its bodies (reference section 7). */
export function endpointsV1(simulation: Simulation, lists: ContributorLists): readonly Endpoint[] {
  const endpoints: readonly Endpoint[] = [
    {
      method: "GET",
      path: `${USERS}/versions`,
      scope: READ,
      handle: (call) => contributorVersions(lists, simulation, queryOf(call), call.env.rowFaults),
    },
    {
      method: "GET",
      path: `${USERS}/schema`,
      scope: READ,
      handle: (call) => contributorSchema(lists, queryOf(call)),
    },
    {
      method: "POST",
      path: `${USERS}/list`,
      scope: READ,
      handle: async (call) =>
        listContributors(lists, simulation, queryOf(call), await readJson(call.req), call.env.rowFaults),
    },
    {
      method: "PUT",
      path: USERS,
      scope: WRITE,
      handle: async (call) => updateContributors(lists, simulation, await readJson(call.req)),
    },
    {
      method: "POST",
      path: "/v1/sei_contributor/list",
      scope: READ,
      handle: async (call) => licensedContributors(lists, simulation, await readJson(call.req), call.env.rowFaults),
    },
  ];
  return endpoints.map((endpoint) => ({ ...endpoint, refuse: contributorRefusal }));
}
