import type { Hands } from "./shown-identities.js";

const FIRST_WAIT_MS = 100;

/** How long to look, and the longest wait between two looks. */
export interface Patience {
  readonly withinMs: number;
  readonly longestWaitMs: number;
}

/**
 * Looks again and again, with longer and longer waits, because answers may lag behind writes.
 *
 * @returns whether it was seen in time
 */
export async function untilShown(
  look: () => Promise<boolean>,
  { withinMs, longestWaitMs }: Patience,
  { sleep, now }: Pick<Hands, "sleep" | "now">,
): Promise<boolean> {
  const deadline = now() + withinMs;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, longestWaitMs)) {
    if (await look()) return true;
    if (now() + wait > deadline) return false;
    await sleep(wait);
  }
}
