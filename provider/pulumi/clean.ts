import { CleanError, messageOf, PartialFailure } from "./clean-error.js";

/**
 * Runs one operation of a provider and lets no error through that would be shown with a stack, except our own bugs.
 *
 * @param inputs what the engine handed in: a partial failure must keep its `__provider`, or nothing could find the
 *   provider again.
 */
export async function clean<T>(work: () => Promise<T>, inputs?: Readonly<Record<string, unknown>>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PartialFailure) {
      const properties = { ...error.properties, __provider: inputs?.["__provider"] };
      throw new PartialFailure(error.id, properties, error.reasons);
    }
    if (error instanceof CleanError || isBug(error)) throw error;
    throw new CleanError(messageOf(error));
  }
}

function isBug(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
}
