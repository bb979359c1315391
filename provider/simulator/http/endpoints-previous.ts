import { approve } from "../operations/approve.js";
import { setCloudIds, setCloudIdsCsv } from "../operations/cloud-ids.js";
import { download } from "../operations/list.js";
import { listByBody } from "../operations/list-body.js";
import { reupload } from "../operations/reupload.js";
import { save } from "../operations/save.js";
import { upload } from "../operations/upload.js";
import { badRequest } from "../rules/refusal.js";
import { identitiesRefusal } from "../shapes/refusal-response.js";
import type { Simulation } from "../simulation.js";
import { type Call, type Endpoint, queryOf } from "./endpoint.js";
import { readFilePart, readJson } from "./read-body.js";

const READ = "developer_records:read";
const WRITE = "developer_records:write";
const UPLOAD = "/v2/developers/uploads/:uploadId";

/**
 * The previous generation of the v2 API: the tabs "Previous" of both documents. Its calls do what the current ones do, to
 * the same account; a cloud id is an identity.
 */
export function endpointsPrevious(current: Simulation): readonly Endpoint[] {
  const simulation: Simulation = { ...current, versionName: current.dialect.previousVersionName };
  const uploadId = (call: Call) => call.req.param("uploadId") ?? "";
  return [
    {
      method: "POST",
      path: "/v2/developers/upload",
      scope: WRITE,
      handle: async (call) => upload(simulation, await readFilePart(call.req)),
    },
    {
      method: "POST",
      path: `${UPLOAD}/save`,
      scope: WRITE,
      handle: async (call) => save(simulation, uploadId(call), await readJson(call.req)),
    },
    {
      method: "POST",
      path: "/v2/developers/reupload",
      scope: WRITE,
      handle: async (call) => {
        const type = queryOf(call).get("fileType");
        if (type !== null && type !== "CSV") throw badRequest("fileType must be CSV.");
        return reupload(simulation, await readFilePart(call.req));
      },
    },
    {
      method: "POST",
      path: `${UPLOAD}/approve`,
      scope: WRITE,
      // The documented call has an empty body: there is nothing to say but the path.
      handle: (call) => approve(simulation, uploadId(call), { active: true }),
    },
    {
      method: "POST",
      path: "/v2/developers/list",
      scope: READ,
      handle: async (call) => listByBody(simulation, queryOf(call), await readJson(call.req), call.env.rowFaults),
    },
    {
      method: "GET",
      path: "/v2/developers/download",
      scope: READ,
      handle: (call) => download(simulation, queryOf(call), call.env.rowFaults),
    },
    {
      method: "POST",
      path: "/v2/developers/cloud-ids",
      scope: WRITE,
      refuse: identitiesRefusal,
      handle: async (call) => setCloudIds(simulation, await readJson(call.req)),
    },
    {
      method: "POST",
      path: "/v2/developers/cloud-ids/upload",
      scope: WRITE,
      refuse: identitiesRefusal,
      handle: async (call) => setCloudIdsCsv(simulation, await readFilePart(call.req)),
    },
  ];
}
