import type { Dialect, ErrorBody } from "../dialect/dialect.js";
import { Refusal, ValidationFailure } from "../rules/refusal.js";
import { errorsJson } from "../rules/validation-error.js";

/** The answer to a request that was refused. What is thrown and is neither is a bug of ours: 500. */
export function refusalResponse(error: unknown, dialect: Dialect): Response {
  if (error instanceof ValidationFailure) {
    const body = { status: "FAILURE", errors: errorsJson(error.errors, error.columns, dialect) };
    return Response.json(body, { status: dialect.validationStatus });
  }
  if (error instanceof Refusal) {
    return errorResponse(error.status, error.message, bodyOf(error.status, dialect));
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return errorResponse(500, message, "status-message");
}

/** The documented body of a refused set of identities. */
export function identitiesRefusal(error: unknown, dialect: Dialect): Response {
  if (!(error instanceof Refusal)) return refusalResponse(error, dialect);
  return errorResponse(error.status, error.message, "status-message");
}

function bodyOf(status: number, { preconditionBody, authBody, errorBody }: Dialect): ErrorBody {
  if (status === 412) return preconditionBody;
  return status === 401 || status === 403 ? authBody : errorBody;
}

export function errorResponse(status: number, message: string, body: ErrorBody): Response {
  switch (body) {
    case "status-message":
      return Response.json({ status: "error", message }, { status });
    case "failure":
      return Response.json({ status: "FAILURE", errors: [], message }, { status });
    case "platform":
      return Response.json({ status: "ERROR", code: code(status), message, correlationId: "simulator" }, { status });
    case "text":
      return new Response(message, { status, headers: { "content-type": "text/plain; charset=utf-8" } });
    case "html":
      return new Response(htmlPage(status), { status, headers: { "content-type": "text/html; charset=utf-8" } });
    case "empty":
      return new Response(null, { status });
  }
}

/** Codes of the platform's failure model (reference section 5). */
function code(status: number): string {
  if (status === 401) return "INVALID_TOKEN";
  if (status === 403) return "ACCESS_DENIED";
  if (status === 429) return "TOO_MANY_REQUESTS";
  return status >= 500 ? "UNKNOWN_ERROR" : "INVALID_REQUEST";
}

/** As a gateway or a firewall in front of the API answers. */
export function htmlPage(status: number): string {
  return `<!DOCTYPE html>\n<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>\n`;
}
