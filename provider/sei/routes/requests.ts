import type { SeiRequest } from "../transport/request.js";

/** The paths that both generations have. */
export const DEVELOPERS = "/v2/developers";
export const IDENTITIES = "/v2/developers/identities";
export const JSON_TYPE = "application/json";

type Query = NonNullable<SeiRequest["query"]>;

/** A GET. */
export function read(path: string, accept: SeiRequest["accept"], query: Query = []): SeiRequest {
  return { method: "GET", path, accept, query, effect: "read" };
}

/** A write with a JSON body. */
export function json(method: string, path: string, value: unknown): SeiRequest {
  return { method, path, accept: JSON_TYPE, body: { kind: "json", value }, effect: "write" };
}

/** A multipart body with one CSV file. */
export function csvFile(
  method: string,
  path: string,
  text: string,
  fileName: string,
  effect: SeiRequest["effect"],
): SeiRequest {
  return { method, path, accept: JSON_TYPE, body: { kind: "csv", text, fileName }, effect };
}
