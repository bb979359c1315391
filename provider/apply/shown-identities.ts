import type { SetIdentityChange } from "../roster/change.js";
import type { SeiReader } from "../sei/reader.js";
import type { SeiWriter } from "../sei/writer.js";
import { untilShown } from "./until-shown.js";

/** What carries out a plan: both clients, and the time. */
export interface Hands {
  readonly reader: SeiReader;
  readonly writer: SeiWriter;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly now: () => number;
  /** How long answers may lag behind writes. */
  readonly deadlineMs: number;
}

const LONGEST_WAIT_MS = 3_000;

/** Reads until everybody holds the identities that they were given. @returns those that no read shows in time */
export async function notShown(
  changes: readonly SetIdentityChange[],
  hands: Hands,
): Promise<readonly SetIdentityChange[]> {
  let rest = changes;
  const look = async () => {
    if (rest.length === 0) return true;
    const live = await hands.reader.readIdentities([...new Set(rest.map(({ email }) => email))]);
    const held = new Set(live.map(({ email, integrationId, identity }) => textOf(email, integrationId, identity)));
    rest = rest.filter(({ email, integrationId, after }) => !held.has(textOf(email, integrationId, after)));
    return rest.length === 0;
  };
  await untilShown(look, { withinMs: hands.deadlineMs, longestWaitMs: LONGEST_WAIT_MS }, hands);
  return rest;
}

function textOf(email: string, integrationId: number, identity: string): string {
  return `${integrationId} ${email} ${identity}`;
}
