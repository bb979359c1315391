import type { Generation } from "../../roster/generation.js";
import { type Call, callOf } from "../errors/sei-error.js";
import { currentRoutes } from "./current.js";
import { previousRoutes } from "./previous.js";
import type { Routes } from "./routes.js";

/** The requests of each generation. */
export const ROUTES: Readonly<Record<Generation, Routes>> = { v2: currentRoutes, previous: previousRoutes };

/**
 * The request that lists developers, for messages: each generation has its own.
 *
 * @example
 * listCall(ROUTES.previous); // { method: "POST", path: "/v2/developers/list" }
 */
export function listCall({ list }: Pick<Routes, "list">): Call {
  return callOf(list({ index: 0, size: null }));
}
