import { homedir } from "node:os";
import { join } from "node:path";
import { PINNED } from "./versions.mjs";

/** The user's cache folder of this package, outside any checkout. The provider uses the same one. */
export function cacheFolder(env = process.env) {
  const name = "pulumi-harness-sei";
  if (env.PULUMI_HARNESS_SEI_CACHE) return env.PULUMI_HARNESS_SEI_CACHE;
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, name);
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", name);
  if (process.platform === "win32") return join(env.LOCALAPPDATA ?? join(homedir(), "AppData", "Local"), name);
  return join(homedir(), ".cache", name);
}

/** Where the engine that is built from source is kept: one folder a version and platform. */
export function builtFolder(env = process.env) {
  return join(cacheFolder(env), "engine", `${PINNED}-${process.platform}-${process.arch}`, "bin");
}

/** Where the official launcher keeps the engine it fetches. */
export function launcherHome(env = process.env) {
  return join(cacheFolder(env), "engine", "launcher");
}

/** Where the official launcher puts the engine. */
export function launchedFolder(env = process.env) {
  return join(launcherHome(env), "versions", PINNED, "bin");
}
