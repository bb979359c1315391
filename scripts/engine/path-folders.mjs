import { delimiter, resolve } from "node:path";

/**
 * The folders of PATH, absolute, each once.
 *
 * @param {NodeJS.ProcessEnv} env a copy of process.env will do: on Windows, where it may say "Path", any case is found
 * @returns {string[]}
 */
export function pathFolders(env) {
  const name = process.platform === "win32" ? Object.keys(env).find((key) => key.toUpperCase() === "PATH") : "PATH";
  const folders = (env[name ?? "PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return [...new Set(folders.map((folder) => resolve(folder)))];
}
