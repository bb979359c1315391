import { negotiate } from "./accept.js";
import type { RequestKind } from "./request-log.js";

const KINDS: readonly (readonly [method: string, path: RegExp, kind: (headers: Headers) => RequestKind])[] = [
  ["POST", /^\/v2\/developers$/, () => "upload"],
  ["PUT", /^\/v2\/developers\/versions\/[^/]+\/fieldMappings$/, () => "save"],
  ["PUT", /^\/v2\/developers$/, () => "reupload"],
  ["PATCH", /^\/v2\/developers\/versions\/[^/]+$/, () => "approve"],
  ["GET", /^\/v2\/developers$/, (headers) => (wantsCsv(headers) ? "download" : "list")],
  ["PATCH", /^\/v2\/developers$/, () => "upsert"],
  ["DELETE", /^\/v2\/developers$/, () => "delete"],
  ["GET", /^\/v2\/developers\/schema$/, () => "schema"],
  [
    "PATCH",
    /^\/v2\/developers\/identities$/,
    (headers) => (isMultipart(headers.get("content-type")) ? "setIdentitiesCsv" : "setIdentities"),
  ],
  ["GET", /^\/v2\/developers\/identities$/, (headers) => (wantsCsv(headers) ? "downloadIdentities" : "readIdentities")],
  // The previous generation.
  ["POST", /^\/v2\/developers\/upload$/, () => "upload"],
  ["POST", /^\/v2\/developers\/uploads\/[^/]+\/save$/, () => "save"],
  ["POST", /^\/v2\/developers\/reupload$/, () => "reupload"],
  ["POST", /^\/v2\/developers\/uploads\/[^/]+\/approve$/, () => "approve"],
  ["POST", /^\/v2\/developers\/list$/, () => "list"],
  ["GET", /^\/v2\/developers\/download$/, () => "download"],
  ["POST", /^\/v2\/developers\/cloud-ids$/, () => "setIdentities"],
  ["POST", /^\/v2\/developers\/cloud-ids\/upload$/, () => "setIdentitiesCsv"],
  // v1.
  ["GET", /^\/v1\/org\/users\/versions$/, () => "contributorVersions"],
  ["GET", /^\/v1\/org\/users\/schema$/, () => "contributorSchema"],
  ["POST", /^\/v1\/org\/users\/list$/, () => "listContributors"],
  ["PUT", /^\/v1\/org\/users$/, () => "updateContributors"],
  ["POST", /^\/v1\/sei_contributor\/list$/, () => "licensedContributors"],
];

/** What a request asks for; known of requests too that a fault keeps from their endpoint. */
export function kindOf(method: string, path: string, headers: Headers): RequestKind {
  return KINDS.find(([verb, pattern]) => verb === method && pattern.test(path))?.[2](headers) ?? "unknown";
}

export function isMultipart(contentType: string | null | undefined): boolean {
  return (contentType ?? "").toLowerCase().startsWith("multipart/form-data");
}

function wantsCsv(headers: Headers): boolean {
  try {
    return negotiate(headers.get("accept") ?? undefined) === "csv";
  } catch {
    return false;
  }
}
