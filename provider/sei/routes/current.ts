import { writeTable } from "../codec/csv.js";
import { identitiesBody, identitiesTable } from "../codec/identities.js";
import { csvFile, DEVELOPERS, IDENTITIES, JSON_TYPE, json, read } from "./requests.js";
import type { PageWish, Routes } from "./routes.js";

/**
 * The current (v2) requests. Sources: Upload and Manage Developer Records, and Upload Developer Cloud IDs, the tabs
 * "Current (v2)"; upsert, delete and schema stand in the tab "Previous" and have no replacement.
 */
export const currentRoutes: Routes = {
  upload: (csv) => csvFile("POST", DEVELOPERS, csv, "developers.csv", "draft"),
  saveFieldMapping: (versionId, body) => json("PUT", `${versionPath(versionId)}/fieldMappings`, body),
  reupload: (csv) => csvFile("PUT", DEVELOPERS, csv, "developers.csv", "draft"),
  approve: (versionId) => json("PATCH", versionPath(versionId), { active: true }),
  list: (page, one) => read(DEVELOPERS, JSON_TYPE, query(page, one?.email)),
  download: () => read(DEVELOPERS, "text/csv"),
  upsert: (records) => json("PATCH", DEVELOPERS, records),
  remove: (emails) => json("DELETE", DEVELOPERS, { emails }),
  schema: () => read(`${DEVELOPERS}/schema`, JSON_TYPE),
  setIdentities: (identities) => json("PATCH", IDENTITIES, identitiesBody(identities)),
  identitiesFile: (identities) => writeTable(identitiesTable(identities)),
  setIdentitiesCsv: (csv) => csvFile("PATCH", IDENTITIES, csv, "identities.csv", "write"),
  identities: (page, email) => read(IDENTITIES, JSON_TYPE, query(page, email)),
  identitiesCsv: () => read(IDENTITIES, "text/csv"),
};

function versionPath(versionId: string): string {
  return `${DEVELOPERS}/versions/${encodeURIComponent(versionId)}`;
}

function query(page: PageWish, email?: string): readonly (readonly [string, string])[] {
  return [
    ...(email === undefined ? [] : [["emails", email] as const]),
    ["pageIndex", String(page.index)],
    ...(page.size === null ? [] : [["pageSize", String(page.size)] as const]),
  ];
}
