import type { Dialect } from "../dialect/dialect.js";
import { Refusal } from "../rules/refusal.js";
import { refusalResponse } from "./refusal-response.js";

/**
 * A request to the v1 API that was refused: `{"error": "Invalid request"}` in the older page about contributors. Of keys
 * and of the setup it speaks as v2 does.
 */
export function contributorRefusal(error: unknown, dialect: Dialect): Response {
  if (!(error instanceof Refusal)) return refusalResponse(error, dialect);
  switch (error.status) {
    case 401:
    case 403:
    case 405:
    case 412:
      return refusalResponse(error, dialect);
    default:
      return Response.json({ error: error.message }, { status: error.status });
  }
}
