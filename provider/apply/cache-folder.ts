import { homedir } from "node:os";
import { join } from "node:path";

/** Where this package keeps private files of the user, outside any checkout. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  const chosen = env["PULUMI_HARNESS_SEI_CACHE"];
  if (chosen !== undefined && chosen !== "") return chosen;
  const name = "pulumi-harness-sei";
  const xdg = env["XDG_CACHE_HOME"];
  if (xdg !== undefined && xdg !== "") return join(xdg, name);
  switch (process.platform) {
    case "darwin":
      return join(homedir(), "Library", "Caches", name);
    case "win32":
      return join(env["LOCALAPPDATA"] ?? join(homedir(), "AppData", "Local"), name);
    default:
      return join(homedir(), ".cache", name);
  }
}
