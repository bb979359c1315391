import { Hono } from "hono";
import { errorResponse } from "../shapes/refusal-response.js";
import type { Simulation } from "../simulation.js";
import { BASE_PATHS } from "./base-paths.js";
import type { Bindings } from "./bindings.js";
import { type Access, type Endpoint, routesOf } from "./endpoint.js";
import { endpointsPrevious } from "./endpoints-previous.js";
import { endpointsShared } from "./endpoints-shared.js";
import { endpointsV1 } from "./endpoints-v1.js";
import { endpointsV2 } from "./endpoints-v2.js";

/** The API on all its base paths. */
export function createApi(simulation: Simulation, access: Access) {
  const { dialect } = simulation;
  const app = new Hono<{ Bindings: Bindings }>();
  const routes = routesOf(endpointsOf(simulation), simulation, access);
  for (const base of BASE_PATHS) app.route(base === "" ? "/" : base, routes);
  app.notFound(() => errorResponse(dialect.unknownPath, "There is no such endpoint.", dialect.errorBody));
  return app;
}

/** The endpoints of the generations that the account has. */
function endpointsOf(simulation: Simulation): readonly Endpoint[] {
  const { generations } = simulation.dialect;
  const { contributors } = simulation;
  return [
    ...endpointsShared(simulation),
    ...(generations === "previous" ? [] : endpointsV2(simulation)),
    ...(generations === "current" ? [] : endpointsPrevious(simulation)),
    ...(contributors === null ? [] : endpointsV1(simulation, contributors)),
  ];
}
