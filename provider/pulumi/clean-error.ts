/**
 * An error that a user can act on. The host of dynamic providers prints `${error}: ${error.stack}` for what read, diff
 * and delete throw, beside the message that the engine shows; nobody should see a stack for something that is not our
 * bug, nor the same message twice.
 */
export class CleanError extends Error {
  override readonly name = "harness-sei";

  constructor(message: string) {
    super(message);
    this.stack = "see the error of the resource";
  }

  override toString(): string {
    return this.name;
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Something was written before it went wrong. The engine keeps `properties` as the state of the resource and shows
 * `reasons`; the next `up` goes on from there. Reasons are kept in the state, so they hold counts and no people.
 */
export class PartialFailure extends CleanError {
  constructor(
    readonly id: string,
    readonly properties: Readonly<Record<string, unknown>>,
    readonly reasons: readonly string[],
  ) {
    super(reasons.join("\n"));
  }
}
