import type { Fault, FaultKind } from "./fault.js";

/** What every kind takes, and what it is for. */
const KINDS: Readonly<Record<Exclude<FaultKind["kind"], "status">, readonly string[]>> = {
  reset: [],
  resetAfter: [],
  slow: ["ms"],
  shortPage: ["rows"],
  doubledPage: [],
  shiftedPage: ["by"],
  emptyList: [],
  truncated: [],
  cut: [],
  html: [],
};
const STATUS = ["body", "retryAfter", "applied"];
const WHEN = ["method", "path", "after", "times"];

/** The grammar, for help texts. */
export const FAULT_GRAMMAR = `KIND[:KEY=VALUE[,KEY=VALUE]...][;...]
KIND is a status (429, 500, 503, 401...; keys body=json|html|empty, retryAfter=SECONDS, applied=true) or one of
${Object.entries(KINDS)
  .map(([kind, keys]) => (keys.length === 0 ? kind : `${kind} (${keys.join(", ")})`))
  .join(", ")}.
Every kind takes method=PATCH, path=/v2/developers (an end of * matches any rest), after=N (so many pass first), times=N.`;

/**
 * Reads faults from text.
 *
 * @example
 * parseFaults("429:times=2,method=PATCH,retryAfter=1");
 * @throws Error for what the grammar does not have
 */
export function parseFaults(text: string): readonly Fault[] {
  return text
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map(parseFault);
}

function parseFault(text: string): Fault {
  const [, kind = "", rest = ""] = /^([^:]*)(?::(.*))?$/s.exec(text) ?? [];
  const values = new Map<string, string>();
  for (const pair of rest === "" ? [] : rest.split(",")) {
    const [, key, value] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(pair) ?? [];
    if (key === undefined || value === undefined) throw wrong(text, `"${pair}" is not KEY=VALUE`);
    values.set(key, value);
  }
  const what = kindOf(kind.trim(), values, text);
  const allowed = new Set([...(what.kind === "status" ? STATUS : KINDS[what.kind]), ...WHEN]);
  for (const key of values.keys()) if (!allowed.has(key)) throw wrong(text, `${kind} takes no ${key}`);
  const method = values.get("method");
  const path = values.get("path");
  return {
    ...what,
    ...(method === undefined && path === undefined
      ? {}
      : { match: { ...(method === undefined ? {} : { method }), ...(path === undefined ? {} : { path }) } }),
    ...optional("after", values, text),
    ...optional("times", values, text),
  };
}

function kindOf(kind: string, values: ReadonlyMap<string, string>, text: string): FaultKind {
  if (/^[2-5]\d\d$/.test(kind)) {
    const body = values.get("body") ?? "json";
    if (body !== "json" && body !== "html" && body !== "empty") throw wrong(text, "body is json, html or empty");
    const retryAfter = values.get("retryAfter");
    return {
      kind: "status",
      status: Number(kind),
      body,
      ...(retryAfter === undefined ? {} : { retryAfter }),
      ...(values.get("applied") === "true" ? { applied: true } : {}),
    };
  }
  switch (kind) {
    case "slow":
      return { kind, ms: number("ms", values.get("ms") ?? "1000", text) };
    case "shortPage":
      return { kind, ...optional("rows", values, text) };
    case "shiftedPage":
      return { kind, ...optional("by", values, text) };
    case "reset":
    case "resetAfter":
    case "doubledPage":
    case "emptyList":
    case "truncated":
    case "cut":
    case "html":
      return { kind };
    default:
      throw wrong(text, `no such kind: ${kind}`);
  }
}

function optional<K extends string>(
  key: K,
  values: ReadonlyMap<string, string>,
  text: string,
): Partial<Record<K, number>> {
  const value = values.get(key);
  const made: Partial<Record<K, number>> = {};
  if (value !== undefined) made[key] = number(key, value, text);
  return made;
}

function number(key: string, value: string, text: string): number {
  if (!/^-?\d{1,9}$/.test(value)) throw wrong(text, `${key} must be a whole number`);
  return Number(value);
}

function wrong(text: string, why: string): Error {
  return new Error(`not a fault: ${text} (${why})\n${FAULT_GRAMMAR}`);
}
