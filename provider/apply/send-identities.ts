import { type Change, changesOf, type SetIdentityChange } from "../roster/change.js";
import type { Identity } from "../roster/developer.js";
import { ConflictError, PartialWriteError, RefusedError, ValidationError } from "../sei/errors.js";
import type { SeiWriter } from "../sei/writer.js";

/** The identities of a plan, told apart by whether somebody holds them whose record goes. */
export interface IdentitiesToSend {
  /** Held by a record that goes: some servers refuse to set them while it is there. */
  readonly held: readonly Identity[];
  readonly free: readonly Identity[];
}

/** The API refuses identities that a record holds which is about to go. */
export class StillHeldError extends Error {
  override readonly name = "StillHeldError";

  /** @param cause what the API said */
  constructor(override readonly cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** The identities of a plan. */
export function identitiesToSend(changes: readonly Change[]): IdentitiesToSend {
  const going = new Set([
    ...changesOf(changes, "delete").map(({ email }) => email),
    ...changesOf(changes, "rename").map(({ previousEmail }) => previousEmail),
  ]);
  const isHeld = ({ movedFrom }: SetIdentityChange) => movedFrom !== null && going.has(movedFrom);
  const all = changesOf(changes, "setIdentity");
  return { held: all.filter(isHeld).map(identityOf), free: all.filter((one) => !isHeld(one)).map(identityOf) };
}

/**
 * Sends identities, all at once, so that a swap is no conflict. When that is refused, those that are held by a record
 * that goes are sent alone: whether they were the reason decides whether that record may go first.
 *
 * @throws StillHeldError when it was them; else what the writer throws
 */
export async function sendIdentities({ held, free }: IdentitiesToSend, writer: SeiWriter): Promise<void> {
  const all = [...held, ...free];
  if (all.length === 0) return;
  try {
    await writer.setIdentities(all);
    return;
  } catch (error) {
    if (!isRefusal(error) || held.length === 0) throw error;
    if (free.length === 0) throw new StillHeldError(error);
  }
  try {
    await writer.setIdentities(held);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new StillHeldError(error);
  }
  await writer.setIdentities(free);
}

/** The API read the request and said no to what is in it. */
function isRefusal(error: unknown): boolean {
  const cause = error instanceof PartialWriteError ? error.cause : error;
  return cause instanceof ConflictError || cause instanceof RefusedError || cause instanceof ValidationError;
}

function identityOf({ email, integrationId, after }: SetIdentityChange): Identity {
  return { email, integrationId, identity: after };
}
