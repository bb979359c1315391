import type { SeiRequest } from "../transport/request.js";
import type { PageWish, Routes } from "./routes.js";

const DEVELOPERS = "/v2/developers";
const IDENTITIES = "/v2/developers/identities";
const JSON_TYPE = "application/json";

/**
 * The current (v2) requests. Sources: Upload and Manage Developer Records, and Upload Developer Cloud IDs, the tabs
 * "Current (v2)"; upsert, delete and schema stand in the tab "Previous" and have no replacement.
 */
export const currentRoutes: Routes = {
  upload: (csv) => csvFile("POST", DEVELOPERS, csv, "developers.csv", "draft"),
  saveFieldMapping: (versionId, body) => json("PUT", `${versionPath(versionId)}/fieldMappings`, body),
  reupload: (csv) => csvFile("PUT", DEVELOPERS, csv, "developers.csv", "draft"),
  approve: (versionId) => json("PATCH", versionPath(versionId), { active: true }),
  list: (page, emails) => read(DEVELOPERS, JSON_TYPE, query(page, emails)),
  download: () => read(DEVELOPERS, "text/csv"),
  upsert: (records) => json("PATCH", DEVELOPERS, records),
  remove: (emails) => json("DELETE", DEVELOPERS, { emails }),
  schema: () => read(`${DEVELOPERS}/schema`, JSON_TYPE),
  setIdentities: (identities) => json("PATCH", IDENTITIES, identities),
  setIdentitiesCsv: (csv) => csvFile("PATCH", IDENTITIES, csv, "identities.csv", "write"),
  identities: (page, emails) => read(IDENTITIES, JSON_TYPE, query(page, emails)),
  identitiesCsv: () => read(IDENTITIES, "text/csv"),
};

function versionPath(versionId: string): string {
  return `${DEVELOPERS}/versions/${encodeURIComponent(versionId)}`;
}

function read(path: string, accept: SeiRequest["accept"], asked: SeiRequest["query"] = []): SeiRequest {
  return { method: "GET", path, accept, query: asked, effect: "read" };
}

function json(method: string, path: string, value: unknown): SeiRequest {
  return { method, path, accept: JSON_TYPE, body: { kind: "json", value }, effect: "write" };
}

function csvFile(
  method: string,
  path: string,
  text: string,
  fileName: string,
  effect: SeiRequest["effect"],
): SeiRequest {
  return { method, path, accept: JSON_TYPE, body: { kind: "csv", text, fileName }, effect };
}

function query(page: PageWish, emails: readonly string[] = []): readonly (readonly [string, string])[] {
  return [
    ...emails.map((email) => ["emails", email] as const),
    ["pageIndex", String(page.index)],
    ...(page.size === null ? [] : [["pageSize", String(page.size)] as const]),
  ];
}
