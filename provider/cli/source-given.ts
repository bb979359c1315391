/**
 * The source of a command, from the command line or from `sei-roster.yaml`.
 *
 * @throws Error when neither names one
 */
export function sourceGiven(source: readonly string[] | undefined): readonly string[] {
  if (source !== undefined && source.length > 0) return source;
  throw new Error("there is no source: name files or folders, or set `source` in sei-roster.yaml");
}
