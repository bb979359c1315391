import { Hono } from "hono";
import { errorResponse } from "../shapes/refusal-response.js";
import type { Simulation } from "../simulation.js";
import { BASE_PATHS } from "./base-paths.js";
import type { Bindings } from "./bindings.js";
import { type Access, routesOf } from "./endpoint.js";
import { endpointsV2 } from "./endpoints-v2.js";

/** The API on all its base paths. Another generation of it is one more list of endpoints. */
export function createApi(simulation: Simulation, access: Access) {
  const { dialect } = simulation;
  const app = new Hono<{ Bindings: Bindings }>();
  const routes = routesOf(endpointsV2(simulation), simulation, access);
  for (const base of BASE_PATHS) app.route(base === "" ? "/" : base, routes);
  app.notFound(() => errorResponse(dialect.unknownPath, "There is no such endpoint.", dialect.errorBody));
  return app;
}
