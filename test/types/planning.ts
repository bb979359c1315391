/**
 * Whatever plans can only hold what reads: `npm run types` checks this file, and a `@ts-expect-error` over a line
 * without an error is an error.
 */
import { type PlanningSession, planLive } from "../../provider/apply/plan-live";
import type { planPeople } from "../../provider/apply/plan-people";
import { planRequest } from "../../provider/cli/plan-source";
import type { planRoster } from "../../provider/pulumi/plan-roster";
import type { readDrift } from "../../provider/pulumi/read-roster";
import { EMPTY_ROSTER } from "../../provider/roster/desired-roster";
import type { plan } from "../../provider/roster/plan";
import type { SeiApi } from "../../provider/sei/api/api";
import type { SeiApiWriter } from "../../provider/sei/api/api-writer";
import type { SeiReader } from "../../provider/sei/reader";
import type { SeiWriter } from "../../provider/sei/writer";

declare const reader: SeiReader;
declare const writer: SeiWriter;
declare const api: SeiApi;
declare const session: PlanningSession;
declare const request: Parameters<typeof planRequest>[0];

/** Nothing of a writer is on a reader: whoever holds the one cannot reach the other. */
type Shared = Extract<keyof SeiReader, keyof SeiWriter>;
export const nothingShared: [Shared] extends [never] ? true : false = true;

/** The same of the single requests. */
export const noWritingCall: [Extract<keyof SeiApi, keyof SeiApiWriter>] extends [never] ? true : false = true;

/** No parameter of what plans has a writer anywhere in its first two levels. */
type Holds<Value> = Value extends object
  ? { [Key in keyof Value]-?: Value[Key] extends SeiWriter | SeiApiWriter ? true : never }[keyof Value]
  : never;
type Planner =
  | Parameters<typeof plan>[number]
  | Parameters<typeof planLive>[number]
  | Parameters<typeof planPeople>[number]
  | Parameters<typeof planRequest>[number]
  | Parameters<typeof planRoster>[number]
  | Parameters<typeof readDrift>[number];
export const noWriter: [Holds<Planner>] extends [never] ? true : false = true;
export const aWriterWouldBeSeen: [Holds<{ readonly writer: SeiWriter }>] extends [never] ? true : false = false;
export const aCallWouldBeSeen: [Holds<{ readonly apiWriter: SeiApiWriter }>] extends [never] ? true : false = false;

/** A function that is handed a planning session gets what reads. */
export const withSession = (use: (given: PlanningSession) => unknown) => use(session);
export const reads = () => withSession(({ reader: given }) => given.readRoster({ identities: false }));

export const slips = () => [
  // @ts-expect-error: what is handed a planning session has no writer
  withSession(({ writer: given }) => given),
  // @ts-expect-error: a function that needs a writer cannot be given a planning session
  withSession((given: PlanningSession & { readonly writer: SeiWriter }) => given.writer),
  // @ts-expect-error: nor the single requests of one
  withSession(({ apiWriter: given }) => given),
  // @ts-expect-error: what reads by single requests uploads nothing
  api.upload(""),
  // @ts-expect-error: nor sends a record
  api.upsert([]),
  // @ts-expect-error: a reader deletes nobody
  session.reader.deleteDevelopers([]),
  // @ts-expect-error: nor sends a record
  session.reader.upsert([]),
  // @ts-expect-error: nor approves
  session.reader.approve({ versionId: "1" }),
  // @ts-expect-error: the journal of a planning session cannot be written to
  session.journal.add([]),
  // @ts-expect-error: a writer is no reader
  planLive({ ...session, reader: writer }, EMPTY_ROSTER, { prune: "none", strategy: "auto", guards: {} }),
  // @ts-expect-error: nor in a command
  planRequest(request, { ...session, reader: writer }),
  planLive({ ...session, reader }, EMPTY_ROSTER, { prune: "none", strategy: "auto", guards: {} }),
];
