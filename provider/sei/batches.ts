import { PartialWriteError } from "./errors/partial-write-error.js";
import { RefusedError, TooLargeError } from "./errors/refusals.js";
import { hasStatus, SeiError } from "./errors/sei-error.js";

/** Records in one request, until the API says that it is too many. */
export const BATCH = 500;

/** A plain refusal of more than this may be about the size, whatever its words; of less it is not. */
const SURELY_SMALL = 50;

/** Statuses of refusals that may be about the size. */
const MAY_MEAN_SIZE = new Set([400, 422]);

/**
 * Sends any number of items in batches, one after the other, in the order given. A batch that is too large is halved,
 * and the batches after it too.
 *
 * @param together how many of those that are left may go in one request, apart from its size
 * @throws PartialWriteError when some batches were taken before the failure
 */
export async function inBatches<T>(
  items: readonly T[],
  send: (batch: readonly T[]) => Promise<void>,
  together: (rest: readonly T[]) => number = (rest) => rest.length,
): Promise<void> {
  let size = BATCH;
  let done = 0;
  let batches = 0;
  while (done < items.length) {
    const rest = items.slice(done, done + size);
    const batch = rest.slice(0, together(rest));
    try {
      await send(batch);
      done += batch.length;
      batches += 1;
    } catch (error) {
      if (mayBeTooLarge(error, batch.length)) size = Math.ceil(batch.length / 2);
      else if (error instanceof PartialWriteError) {
        throw new PartialWriteError(done + error.done, items.length, batches + error.batches, error.cause);
      } else if (error instanceof SeiError && done > 0) throw new PartialWriteError(done, items.length, batches, error);
      else throw error;
    }
  }
}

function mayBeTooLarge(error: unknown, length: number): boolean {
  if (error instanceof TooLargeError) return length > 1;
  return error instanceof RefusedError && hasStatus(error, MAY_MEAN_SIZE) && length > SURELY_SMALL;
}
