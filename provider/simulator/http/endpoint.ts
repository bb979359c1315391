import { type Context, Hono } from "hono";
import type { Dialect } from "../dialect/dialect.js";
import { Refusal } from "../rules/refusal.js";
import { refusalResponse } from "../shapes/refusal-response.js";
import type { Simulation } from "../simulation.js";
import { type ApiKey, authorise, type Scope } from "./api-key.js";
import type { Bindings } from "./bindings.js";

export type Call = Context<{ Bindings: Bindings }>;

/** One documented call. A generation of the API is a list of them. */
export interface Endpoint {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly scope: Scope;
  readonly handle: (call: Call) => Promise<Response> | Response;
  /** How a refusal is told, where it is not told as most are. */
  readonly refuse?: (error: unknown, dialect: Dialect) => Response;
}

/** The query of a call. */
export function queryOf(call: Call): URLSearchParams {
  return new URL(call.req.url).searchParams;
}

/** Who may call. */
export interface Access {
  readonly keys: readonly ApiKey[];
  /** The account of the keys; null lets any account pass. */
  readonly account: string | null;
}

/** The endpoints as an application; another method on one of their paths is 405. */
export function routesOf(endpoints: readonly Endpoint[], simulation: Simulation, access: Access) {
  const app = new Hono<{ Bindings: Bindings }>();
  const { dialect } = simulation;
  for (const endpoint of endpoints) {
    const refuse = endpoint.refuse ?? refusalResponse;
    app.on(endpoint.method, endpoint.path, async (call) => {
      try {
        authorise(call.req.raw.headers, endpoint.scope, access.keys, access.account, dialect);
        return await endpoint.handle(call);
      } catch (error) {
        return refuse(error, dialect);
      }
    });
  }
  for (const path of new Set(endpoints.map((endpoint) => endpoint.path))) {
    const methods = endpoints.filter((endpoint) => endpoint.path === path).map(({ method }) => method);
    app.all(path, () => {
      const response = refusalResponse(new Refusal(405, "This path has no such method."), dialect);
      response.headers.set("allow", methods.join(", "));
      return response;
    });
  }
  return app;
}
