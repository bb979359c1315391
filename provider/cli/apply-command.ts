import { maskText } from "../report/mask-text.js";
import type { OnlyFlags, SourceFlags } from "./plan-options.js";

/**
 * The command that applies exactly a plan of these sources and flags. Where the account is stays in the environment: a
 * plan of another one has another checksum.
 *
 * @returns null when it would name people who are masked, or has a size that no option can say
 */
export function applyCommandOf(
  source: readonly string[],
  { prune, strategy, scope, asOf, maxFileSize, maskEmails, only }: SourceFlags & OnlyFlags,
  checksum: string,
): readonly string[] | null {
  if (maxFileSize !== undefined && maxFileSize % 1024 !== 0) return null;
  const scopes = [...(scope ?? [])].flatMap(([column, values]) => values.map((value) => `${column}=${value}`));
  const command = [
    "sei-roster",
    "apply",
    ...source,
    ...(prune === undefined ? [] : ["--prune", prune]),
    ...(strategy === "auto" ? [] : ["--strategy", strategy]),
    ...scopes.flatMap((one) => ["--scope", one]),
    ...(asOf === undefined ? [] : ["--as-of", asOf]),
    ...(maxFileSize === undefined ? [] : ["--max-file-size", `${maxFileSize / 1024}KiB`]),
    ...(only ?? []).flatMap((one) => ["--only", one]),
    "--checksum",
    checksum,
  ];
  return maskEmails === true && command.some((word) => maskText(word) !== word) ? null : command;
}
