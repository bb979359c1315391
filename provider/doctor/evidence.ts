import type { People } from "../report/people.js";
import type { Generation } from "../roster/generation.js";
import type { LiveRoster } from "../roster/live-roster.js";
import type { SeiError } from "../sei/errors/sei-error.js";
import type { Looked, Looker } from "../sei/look.js";
import type { SeiReader } from "../sei/reader.js";
import type { AuthForm } from "../sei/transport/auth.js";

/** Who is examined, and with what: nothing here can write. */
export interface Subject {
  readonly endpoint: string;
  /** "" when the key alone names it. */
  readonly account: string;
  /** Which endpoints the other commands are told to use. */
  readonly generation: Generation;
  readonly looker: Looker;
  readonly reader: SeiReader;
  /** For reading the whole roster. */
  readonly deadlineMs: number;
  /** How far people are named: `masked` gives counts only. */
  readonly people: Exclude<People, "none">;
  readonly versions: { readonly package: string; readonly node: string };
}

/** The answers to one request, the schema, in every form of the key. */
export interface Arrival {
  /** Without any key. */
  readonly keyless: Looked;
  readonly forms: readonly { readonly form: AuthForm; readonly looked: Looked }[];
  /** The same without `Harness-Account`; null when that was not asked, because there is no 403 or no account. */
  readonly withoutAccount: Looked | null;
  /** Other documented base URLs of the same host at which the key is good; looked for only if it is not here. */
  readonly elsewhere: readonly string[];
}

/** What the API answered to plain requests, with the key in a form that it takes. */
export interface Answers {
  readonly form: AuthForm;
  readonly schema: Looked;
  /** The list of the generation that was chosen: JSON, the first ten. */
  readonly list: Looked;
  /** Its CSV: everybody. */
  readonly csv: Looked;
  /** `GET /v2/developers` as JSON, the list of the current generation. */
  readonly current: Looked;
  readonly identities: Looked;
  /** `GET /v2/developers/download`, which only the previous generation has. */
  readonly previous: Looked;
  /** `GET /v1/org/users/schema`. */
  readonly v1: Looked;
  /** A path that no API has. */
  readonly nowhere: Looked;
  readonly licensed: Looked;
  /** `GET /v1/org/users/versions`: the versions of the list of contributors. */
  readonly history: Looked;
}

/** Something that may not have been found out. */
export type Tried<T> =
  | { readonly kind: "done"; readonly value: T }
  /** `error` is null when it took too long. */
  | { readonly kind: "failed"; readonly says: string; readonly error: SeiError | null }
  | { readonly kind: "notTried"; readonly why: string };

/** Everything that the checks judge. */
export interface Evidence {
  readonly subject: Omit<Subject, "looker" | "reader">;
  readonly arrival: Arrival;
  readonly answers: Tried<Answers>;
  /** As plan and apply read it; its identities are null when they could not be read. */
  readonly live: Tried<LiveRoster>;
  /** Why there are no identities; null when there are, or when there is no roster either. */
  readonly identitiesFailed: string | null;
}
