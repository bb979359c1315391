import { type Operation, operations } from "./description";

/** Where a request goes. */
export interface Found {
  /** null for a method that the path does not have. */
  readonly operation: Operation | null;
  /** The methods that the path has. */
  readonly methods: readonly string[];
  /** By the name in the path, the decoded value. */
  readonly pathValues: Readonly<Record<string, string>>;
}

/**
 * The operation of a request; a path without parameters before one with.
 *
 * @param path behind the base path: `/v2/developers`
 * @returns null for a path that is not described
 */
export function findOperation(method: string, path: string): Found | null {
  const paths = [...new Set(operations().map((operation) => operation.path))];
  const fitting = paths
    .map((template) => ({ template, match: patternOf(template).exec(path) }))
    .filter(({ match }) => match !== null)
    .sort((a, b) => names(a.template).length - names(b.template).length)[0];
  if (fitting === undefined) return null;
  const here = operations().filter((operation) => operation.path === fitting.template);
  const values = fitting.match?.slice(1).map(decodeURIComponent) ?? [];
  return {
    operation: here.find((operation) => operation.method === method) ?? null,
    methods: here.map((operation) => operation.method),
    pathValues: Object.fromEntries(names(fitting.template).map((name, index) => [name, values[index] ?? ""])),
  };
}

function names(template: string): readonly string[] {
  return [...template.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? "");
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replace(/\{[^}]+\}/g, "([^/]+)")}$`);
}
