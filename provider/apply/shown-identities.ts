import type { SetIdentityChange } from "../roster/change.js";
import type { SeiReader } from "../sei/reader.js";
import type { SeiWriter } from "../sei/writer.js";

/** What carries out a plan: both clients, and the time. */
export interface Hands {
  readonly reader: SeiReader;
  readonly writer: SeiWriter;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly now: () => number;
  /** How long answers may lag behind writes. */
  readonly deadlineMs: number;
}

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 3_000;

/** Reads until everybody holds the identities that they were given. @returns those that no read shows in time */
export async function notShown(
  changes: readonly SetIdentityChange[],
  { reader, sleep, now, deadlineMs }: Hands,
): Promise<readonly SetIdentityChange[]> {
  const deadline = now() + deadlineMs;
  let rest = changes;
  for (let wait = FIRST_WAIT_MS; rest.length > 0; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    const live = await reader.readIdentities([...new Set(rest.map(({ email }) => email))]);
    const held = new Set(live.map(({ email, integrationId, identity }) => textOf(email, integrationId, identity)));
    rest = rest.filter(({ email, integrationId, after }) => !held.has(textOf(email, integrationId, after)));
    if (rest.length === 0 || now() + wait > deadline) break;
    await sleep(wait);
  }
  return rest;
}

function textOf(email: string, integrationId: number, identity: string): string {
  return `${integrationId} ${email} ${identity}`;
}
