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

/** Where the engine that was fetched or built is kept: one folder a version and platform. */
export function engineFolder(env = process.env) {
  return join(cacheFolder(env), "engine", `${PINNED}-${process.platform}-${process.arch}`, "bin");
}
