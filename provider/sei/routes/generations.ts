import type { Generation } from "../../roster/generation.js";
import { currentRoutes } from "./current.js";
import { previousRoutes } from "./previous.js";
import type { Routes } from "./routes.js";

/** The requests of each generation. */
export const ROUTES: Readonly<Record<Generation, Routes>> = { v2: currentRoutes, previous: previousRoutes };
