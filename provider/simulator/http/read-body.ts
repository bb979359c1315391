import type { HonoRequest } from "hono";
import { badRequest, Refusal } from "../rules/refusal.js";
import { isMultipart } from "./request-kind.js";

/**
 * The bytes of the form part `file`.
 *
 * @throws Refusal 415 for another content type than multipart/form-data, 400 for a form without a file
 */
export async function readFilePart(request: HonoRequest): Promise<Uint8Array> {
  if (!isMultipart(request.header("content-type")))
    throw new Refusal(415, "The content type must be multipart/form-data.");
  const body = await request.parseBody().catch(() => {
    throw badRequest("Invalid file format or missing authorization.");
  });
  const file = body["file"];
  if (!(file instanceof Blob)) {
    throw badRequest("Invalid file format or missing authorization.");
  }
  return new Uint8Array(await file.arrayBuffer());
}

/**
 * The body as JSON.
 *
 * @throws Refusal 415 for another content type than application/json, 400 for a body that is no JSON
 */
export async function readJson(request: HonoRequest): Promise<unknown> {
  const type = (request.header("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new Refusal(415, "The content type must be application/json.");
  return request.json().catch(() => {
    throw badRequest("Invalid payload or missing authorization.");
  });
}
