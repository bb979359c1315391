import { cloudIdsBody, cloudIdsTable } from "../codec/cloud-ids.js";
import { writeTable } from "../codec/csv.js";
import type { SeiRequest } from "../transport/request.js";
import { currentRoutes } from "./current.js";
import { csvFile, DEVELOPERS, JSON_TYPE, json, read } from "./requests.js";
import type { PageWish, Routes, SearchWish } from "./routes.js";

const CLOUD_IDS = `${DEVELOPERS}/cloud-ids`;

/**
 * The requests of the previous generation. Sources: the tabs "Previous" of Upload and Manage Developer Records and of
 * Upload Developer Cloud IDs. No request of it reads identities: the current one is asked, which may not be there.
 */
export const previousRoutes: Routes = {
  upload: (csv) => csvFile("POST", `${DEVELOPERS}/upload`, csv, "developers.csv", "draft"),
  saveFieldMapping: (uploadId, body) => json("POST", `${uploadPath(uploadId)}/save`, body),
  reupload: (csv) => ({
    ...csvFile("POST", `${DEVELOPERS}/reupload`, csv, "developers.csv", "draft"),
    query: [["fileType", "CSV"]],
  }),
  // The documented request has an empty body.
  approve: (uploadId) => ({
    method: "POST",
    path: `${uploadPath(uploadId)}/approve`,
    accept: JSON_TYPE,
    effect: "write",
  }),
  list: (page, one) => list(page, one),
  download: () => read(`${DEVELOPERS}/download`, "text/csv"),
  upsert: currentRoutes.upsert,
  remove: currentRoutes.remove,
  schema: currentRoutes.schema,
  setIdentities: (identities) => json("POST", CLOUD_IDS, cloudIdsBody(identities)),
  identitiesFile: (identities) => writeTable(cloudIdsTable(identities)),
  setIdentitiesCsv: (csv) => csvFile("POST", `${CLOUD_IDS}/upload`, csv, "cloud-ids.csv", "write"),
  identities: currentRoutes.identities,
  identitiesCsv: currentRoutes.identitiesCsv,
};

function uploadPath(uploadId: string): string {
  return `${DEVELOPERS}/uploads/${encodeURIComponent(uploadId)}`;
}

/**
 * A POST that only reads, so it may be tried again. Its body has no `emails`: one developer is searched for by the
 * EMAIL column. A server may match in its own way, so whoever asks looks for the very address in the answer.
 */
function list(page: PageWish, one?: SearchWish): SeiRequest {
  return {
    method: "POST",
    path: `${DEVELOPERS}/list`,
    accept: JSON_TYPE,
    query: [
      ["pageIndex", String(page.index)],
      ...(page.size === null ? [] : [["pageSize", String(page.size)] as const]),
    ],
    body: { kind: "json", value: one === undefined ? {} : { searchKey: one.column, searchValue: one.email } },
    effect: "read",
  };
}
