import type { LiveRoster } from "../roster/live-roster.js";
import type { Judged } from "./assumption.js";
import type { Leftover } from "./clean-up.js";
import { type ReadSubject, readSuite } from "./read-suite.js";
import { WRITE_ASSUMPTIONS } from "./write-assumptions.js";
import type { WriteResult } from "./write-suite.js";

/** What a server was found to do of what this package takes for granted. */
export interface Conformance {
  readonly endpoint: string;
  /** "" when the key alone names it. */
  readonly account: string;
  readonly judged: readonly Judged[];
  /** The writes; null when only reads were made. */
  readonly wrote: {
    readonly run: string;
    readonly left: readonly Leftover[];
    readonly interrupted: boolean;
  } | null;
}

/** Reads alone. */
export async function conformanceOfReads(
  endpoint: string,
  subject: ReadSubject,
): Promise<{ readonly conformance: Conformance; readonly reads: Awaited<ReturnType<typeof readSuite>> }> {
  const reads = await readSuite(subject);
  const writes = WRITE_ASSUMPTIONS.map(
    (assumption): Judged => ({
      assumption,
      verdict: { kind: "notTested", why: "only a write would show it: --write" },
    }),
  );
  const judged = [...reads.judged, ...writes];
  return { conformance: { endpoint, account: subject.account, judged, wrote: null }, reads };
}

/** The same, with what the writes came to. */
export function withWrites(conformance: Conformance, { judged, run, left, interrupted }: WriteResult): Conformance {
  const ids = new Set(judged.map(({ assumption }) => assumption.id));
  const reads = conformance.judged.filter(({ assumption }) => !ids.has(assumption.id));
  return { ...conformance, judged: [...reads, ...judged], wrote: { run, left, interrupted } };
}

/** An integration in which somebody has an identity; null where nobody has any. */
export function integrationIn({ identities }: LiveRoster): number | null {
  return identities?.[0]?.integrationId ?? null;
}

/** How many of each verdict there are, and with how many of what differs this package does not cope. */
export interface Tally {
  readonly holds: number;
  readonly differs: number;
  readonly notTested: number;
  readonly stuck: number;
}

export function tallyOf({ judged }: Conformance): Tally {
  const count = (fits: (one: Judged) => boolean) => judged.filter(fits).length;
  return {
    holds: count(({ verdict }) => verdict.kind === "holds"),
    differs: count(({ verdict }) => verdict.kind === "differs"),
    notTested: count(({ verdict }) => verdict.kind === "notTested"),
    stuck: count(({ verdict }) => verdict.kind === "differs" && !verdict.copes),
  };
}
