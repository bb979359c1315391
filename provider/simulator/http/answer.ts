import { setTimeout as delay } from "node:timers/promises";
import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Fault, RowFault } from "../faults/fault.js";
import type { FaultSet } from "../faults/fault-set.js";
import { parseFaults } from "../faults/fault-spec.js";
import { errorResponse } from "../shapes/refusal-response.js";
import { withoutBase } from "./base-paths.js";
import type { Bindings } from "./bindings.js";
import { kindOf } from "./request-kind.js";
import type { RequestLog } from "./request-log.js";

/** The header of a request that brings its own faults, in the grammar of the specification. */
export const FAULT_HEADER = "x-simulator-fault";

/** What answers requests: the API behind its faults and its log. */
export interface Serving {
  readonly api: (request: Request, bindings: Bindings) => Promise<Response> | Response;
  readonly faults: FaultSet;
  readonly log: RequestLog;
  /** Ends the waiting of slow answers. */
  readonly stopping: AbortSignal;
}

/** Answers one request of the API: its faults are performed, and it is logged, whatever becomes of it. */
export async function answer(request: Request, http: HttpBindings, serving: Serving): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const path = withoutBase(pathname);
  let met: readonly Fault[];
  try {
    met = [...serving.faults.take(request.method, path), ...parseFaults(request.headers.get(FAULT_HEADER) ?? "")];
  } catch (error) {
    return errorResponse(400, error instanceof Error ? error.message : String(error), "text");
  }
  const rowFaults = met.filter(isRowFault);
  const kind = kindOf(request.method, path, request.headers);
  const base = pathname.slice(0, pathname.length - path.length);
  const at = Date.now();
  const log = (status: number | null) => {
    const faults = met.map(({ kind }) => kind);
    serving.log.add({ method: request.method, path, base, query: search, kind, status, faults, at });
  };
  try {
    const response = await perform(met, () => serving.api(request, { ...http, rowFaults }), http, serving.stopping);
    log(response === RESPONSE_ALREADY_SENT ? null : response.status);
    return response;
  } catch (error) {
    log(null);
    throw error;
  }
}

function isRowFault(fault: Fault): fault is Fault & RowFault {
  switch (fault.kind) {
    case "shortPage":
    case "doubledPage":
    case "shiftedPage":
    case "emptyList":
      return true;
    default:
      return false;
  }
}

/** Runs a request through its faults: first those that come before it, then the request, then those that come after. */
async function perform(
  faults: readonly Fault[],
  run: () => Promise<Response> | Response,
  http: HttpBindings,
  stopping: AbortSignal,
): Promise<Response> {
  for (const fault of faults) {
    if (fault.kind === "reset") return reset(http);
    if (fault.kind === "html") return errorResponse(200, "", "html");
    if (fault.kind === "status" && fault.applied !== true) return statusResponse(fault);
  }
  let response = await run();
  for (const fault of faults) {
    switch (fault.kind) {
      case "resetAfter":
        return reset(http);
      case "slow":
        await delay(fault.ms, undefined, { signal: stopping }).catch(() => {});
        break;
      case "status":
        response = statusResponse(fault);
        break;
      case "truncated": {
        const body = Buffer.from(await response.arrayBuffer());
        const headers = new Headers(response.headers);
        headers.delete("content-length");
        response = new Response(half(body), { status: response.status, headers });
        break;
      }
      case "cut":
        return cut(response, http);
    }
  }
  return response;
}

/** The first half: less than all, for every body that is not empty. */
function half(body: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(body.subarray(0, Math.floor(body.length / 2)));
}

function statusResponse({ status, body = "json", retryAfter }: Extract<Fault, { kind: "status" }>): Response {
  const form = { json: "platform", html: "html", empty: "empty" } as const;
  const response = errorResponse(status, `Fault injected by the simulator: ${status}`, form[body]);
  if (retryAfter !== undefined) response.headers.set("retry-after", String(retryAfter));
  return response;
}

function reset({ incoming }: HttpBindings): Response {
  incoming.socket.resetAndDestroy();
  return RESPONSE_ALREADY_SENT;
}

/** Announces the whole body, sends half of it and ends the connection. */
async function cut(response: Response, http: HttpBindings): Promise<Response> {
  const body = Buffer.from(await response.arrayBuffer());
  if (body.length === 0) return reset(http);
  const { outgoing } = http;
  outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), "content-length": body.length });
  await new Promise((resolve) => outgoing.write(half(body), resolve));
  outgoing.destroy();
  return RESPONSE_ALREADY_SENT;
}
