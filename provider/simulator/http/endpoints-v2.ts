import { approve } from "../operations/approve.js";
import { download, list } from "../operations/list.js";
import { downloadIdentities, readIdentities } from "../operations/read-identities.js";
import { reupload } from "../operations/reupload.js";
import { save } from "../operations/save.js";
import { setIdentities, setIdentitiesCsv } from "../operations/set-identities.js";
import { upload } from "../operations/upload.js";
import { identitiesRefusal } from "../shapes/refusal-response.js";
import type { Simulation } from "../simulation.js";
import { negotiate } from "./accept.js";
import { type Call, type Endpoint, queryOf } from "./endpoint.js";
import { readFilePart, readJson } from "./read-body.js";
import { isMultipart } from "./request-kind.js";

const READ = "developer_records:read";
const WRITE = "developer_records:write";
const DEVELOPERS = "/v2/developers";
const VERSION = "/v2/developers/versions/:versionId";
const IDENTITIES = "/v2/developers/identities";

/**
 * The current generation of the v2 API: the tabs "Current (v2)" of both documents. What it shares with the previous one is
 * in `endpointsShared`.
 */
export function endpointsV2(simulation: Simulation): readonly Endpoint[] {
  const version = (call: Call) => call.req.param("versionId") ?? "";
  return [
    {
      method: "POST",
      path: DEVELOPERS,
      scope: WRITE,
      handle: async (call) => upload(simulation, await readFilePart(call.req)),
    },
    {
      method: "PUT",
      path: `${VERSION}/fieldMappings`,
      scope: WRITE,
      handle: async (call) => save(simulation, version(call), await readJson(call.req)),
    },
    {
      method: "PUT",
      path: DEVELOPERS,
      scope: WRITE,
      handle: async (call) => reupload(simulation, await readFilePart(call.req)),
    },
    {
      method: "PATCH",
      path: VERSION,
      scope: WRITE,
      handle: async (call) => approve(simulation, version(call), await readJson(call.req)),
    },
    {
      method: "GET",
      path: DEVELOPERS,
      scope: READ,
      handle: (call) => {
        const answer = negotiate(call.req.header("accept")) === "csv" ? download : list;
        return answer(simulation, queryOf(call), call.env.rowFaults);
      },
    },
    {
      method: "PATCH",
      path: IDENTITIES,
      scope: WRITE,
      refuse: identitiesRefusal,
      handle: async (call) =>
        isMultipart(call.req.header("content-type"))
          ? setIdentitiesCsv(simulation, await readFilePart(call.req))
          : setIdentities(simulation, await readJson(call.req)),
    },
    {
      method: "GET",
      path: IDENTITIES,
      scope: READ,
      handle: (call) => {
        const { rowFaults } = call.env;
        if (negotiate(call.req.header("accept")) === "csv") return downloadIdentities(simulation, rowFaults);
        return readIdentities(simulation, queryOf(call), rowFaults);
      },
    },
  ];
}
