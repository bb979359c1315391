import { deleteDevelopers } from "../operations/delete-developers.js";
import { schema } from "../operations/schema.js";
import { upsert } from "../operations/upsert.js";
import type { Simulation } from "../simulation.js";
import type { Endpoint } from "./endpoint.js";
import { readJson } from "./read-body.js";

/**
 * What the two generations of the v2 API share: upsert, delete and schema stand in the tabs "Previous" alone, and the table
 * of old and new endpoints names no replacement.
 */
export function endpointsShared(simulation: Simulation): readonly Endpoint[] {
  return [
    {
      method: "PATCH",
      path: "/v2/developers",
      scope: "developer_records:write",
      handle: async (call) => upsert(simulation, await readJson(call.req)),
    },
    {
      method: "DELETE",
      path: "/v2/developers",
      scope: "developer_records:write",
      handle: async (call) => deleteDevelopers(simulation, await readJson(call.req)),
    },
    {
      method: "GET",
      path: "/v2/developers/schema",
      scope: "developer_records:read",
      handle: () => schema(simulation),
    },
  ];
}
