import { PartialWriteError } from "./errors/partial-write-error.js";
import { TooLargeError } from "./errors/refusals.js";
import { SeiError } from "./errors/sei-error.js";

/** Records in one request, until the API says that it is too many. */
export const BATCH = 500;

/**
 * Sends any number of items in batches, one after the other, in the order given. A batch that is too large is halved,
 * and the batches after it too.
 *
 * @throws PartialWriteError when some batches were taken before the failure
 */
export async function inBatches<T>(items: readonly T[], send: (batch: readonly T[]) => Promise<void>): Promise<void> {
  let size = BATCH;
  let done = 0;
  let batches = 0;
  while (done < items.length) {
    const batch = items.slice(done, done + size);
    try {
      await send(batch);
      done += batch.length;
      batches += 1;
    } catch (error) {
      if (error instanceof TooLargeError && batch.length > 1) size = Math.ceil(batch.length / 2);
      else if (error instanceof SeiError && done > 0) throw new PartialWriteError(done, items.length, batches, error);
      else throw error;
    }
  }
}
