import type { Call } from "../errors/sei-error.js";

/**
 * What sending a request twice would do. `read`: nothing. `draft`: make another draft, which changes nothing until it is
 * saved or approved. `write`: perhaps do it twice.
 */
export type Effect = "read" | "draft" | "write";

export type RequestBody =
  | { readonly kind: "json"; readonly value: unknown }
  /** Multipart, part `file`, `text/csv`. */
  | { readonly kind: "csv"; readonly text: string; readonly fileName: string };

/** One request, as data. */
export interface SeiRequest extends Call {
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly accept: "application/json" | "text/csv";
  readonly body?: RequestBody;
  readonly effect: Effect;
  /** The keys of the developers whom a write is about, for who watches; never sent. Left out: everybody, or nobody. */
  readonly about?: readonly string[];
}

/** An answer to a request that changes something, or makes a draft, as it came in; also one that is an error. */
export interface WriteSeen {
  readonly call: Call;
  readonly status: number;
  /** How the server calls the request in its own logs; null when it does not say. */
  readonly requestId: string | null;
  readonly about: readonly string[] | null;
}

/** An answer to any request, as it came in; also one that is an error. */
export interface AnswerSeen {
  readonly call: Call;
  readonly status: number;
  /** As in {@link WriteSeen}. */
  readonly requestId: string | null;
  /** From sending to the last byte, redirects included. */
  readonly ms: number;
}

/** A 2xx, read to its end. */
export interface Answer {
  readonly call: Call;
  readonly status: number;
  /** Lower-case name to value. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  /** The parsed body; undefined when it is empty or is not JSON. */
  readonly json: unknown;
}
