import { type Change, changesOf, type SetIdentityChange } from "../roster/change.js";
import type { Identity } from "../roster/developer.js";
import { releasedText } from "../roster/released-identity.js";
import { ConflictError, PartialWriteError, RefusedError, ValidationError } from "../sei/errors.js";
import type { SeiWriter } from "../sei/writer.js";

/** An identity that somebody has now. */
type HeldIdentityChange = SetIdentityChange & { readonly movedFrom: string };

/** The identities of a plan, told apart by whether somebody holds them whose record goes. */
export interface IdentitiesToSend {
  /** Held by a record that goes. */
  readonly held: readonly HeldIdentityChange[];
  readonly free: readonly SetIdentityChange[];
}

/** Identities that the API refuses, also one by one. */
export interface RefusedIdentities {
  readonly changes: readonly SetIdentityChange[];
  /** What the API said first. */
  readonly cause: Error;
}

/** After so many refusals of one identity alone, no other is tried alone. */
const MOST_REFUSED = 100;

type Hands = Pick<SeiWriter, "setIdentities">;

/** The keys of the records that a plan deletes. */
export function goingIn(changes: readonly Change[]): readonly string[] {
  return [
    ...changesOf(changes, "delete").map(({ email }) => email),
    ...changesOf(changes, "rename").map(({ previousEmail }) => previousEmail),
  ];
}

/** The identities of a plan. */
export function identitiesToSend(changes: readonly Change[]): IdentitiesToSend {
  const going = new Set(goingIn(changes));
  const isHeld = (one: SetIdentityChange): one is HeldIdentityChange =>
    one.movedFrom !== null && going.has(one.movedFrom);
  const all = changesOf(changes, "setIdentity");
  return { held: all.filter(isHeld), free: all.filter((one) => !isHeld(one)) };
}

/**
 * Sends identities, all at once, so that a swap is no conflict. When that is refused, they go in smaller and smaller
 * parts, so that only those fail that are refused alone. Some servers refuse an identity as long as somebody holds it:
 * where the holder's record goes, it gets a mark in its place first. It is not deleted for that, because other servers
 * keep an identity for who was deleted, and then nobody could ever have it again.
 *
 * @returns what is refused alone; null: everything was taken
 * @throws what the writer throws, unless it is a refusal
 */
export async function sendIdentities(
  { held, free }: IdentitiesToSend,
  writer: Hands,
): Promise<RefusedIdentities | null> {
  const parts = new PartSender(writer);
  if (await parts.take([...held, ...free], identityOf)) return null;
  // What a record that goes holds may have been all there was to refuse; and who gets it may hold what another one gets.
  if (free.length === 0 || !(await parts.take(held, identityOf))) {
    const stuck = parts.left(held);
    const released = withoutAll(stuck, await parts.takeMost(stuck, markOf));
    const refused = await parts.takeMost(held, identityOf);
    // What cannot be moved stays with whom it was.
    await parts.takeMost(
      refused.filter((one) => released.includes(one)),
      holderOf,
    );
  }
  await parts.takeMost(free, identityOf);
  return parts.refused([...held, ...free]);
}

class PartSender {
  readonly #writer: Hands;
  readonly #taken = new Set<SetIdentityChange>();
  #cause: Error | null = null;
  #refusedAlone = 0;

  constructor(writer: Hands) {
    this.#writer = writer;
  }

  /** Sends them at once. Whether they were taken. */
  async take<One extends SetIdentityChange>(changes: readonly One[], say: (change: One) => Identity): Promise<boolean> {
    const isReal = say === identityOf;
    const rest = isReal ? withoutAll(changes, this.#taken) : changes;
    if (rest.length === 0) return true;
    try {
      await this.#writer.setIdentities(rest.map(say));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.#cause ??= error;
      if (isReal && error instanceof PartialWriteError)
        for (const one of rest.slice(0, error.done)) this.#taken.add(one);
      return false;
    }
    if (isReal) for (const one of rest) this.#taken.add(one);
    return true;
  }

  /** Sends them in parts, until each was taken or refused alone. @returns those that were refused */
  async takeMost<One extends SetIdentityChange>(
    changes: readonly One[],
    say: (change: One) => Identity,
  ): Promise<readonly One[]> {
    const groups = inGroups(changes);
    // Where so many are refused, the others would be too: it is not what they say.
    if (this.#refusedAlone >= MOST_REFUSED) return changes;
    if (await this.take(groups.flat(), say)) return [];
    if (groups.length > 1) {
      const middle = Math.ceil(groups.length / 2);
      const first = await this.takeMost(groups.slice(0, middle).flat(), say);
      return [...first, ...(await this.takeMost(groups.slice(middle).flat(), say))];
    }
    // One by one, whoever holds what another one gets first: then that is free.
    const refused: One[] = [];
    const line = holdersFirst(changes);
    for (const one of line) if (line.length === 1 || !(await this.take([one], say))) refused.push(one);
    this.#refusedAlone += refused.length;
    return refused;
  }

  left<One extends SetIdentityChange>(changes: readonly One[]): readonly One[] {
    return withoutAll(changes, this.#taken);
  }

  refused(changes: readonly SetIdentityChange[]): RefusedIdentities | null {
    const rest = this.left(changes);
    return rest.length === 0 || this.#cause === null ? null : { changes: rest, cause: this.#cause };
  }
}

/** Changes of which one frees what another one sets stay together. */
function inGroups<One extends SetIdentityChange>(changes: readonly One[]): readonly (readonly One[])[] {
  const byHolder = new Map(changes.map((one) => [keyOf(one.email, one), one]));
  const groupOf = new Map<One, Set<One>>();
  for (const one of changes) {
    const own = groupOf.get(one) ?? new Set([one]);
    groupOf.set(one, own);
    const before = one.movedFrom === null ? undefined : byHolder.get(keyOf(one.movedFrom, one));
    if (before === undefined || own.has(before)) continue;
    for (const other of groupOf.get(before) ?? [before]) {
      own.add(other);
      groupOf.set(other, own);
    }
  }
  return [...new Set(groupOf.values())].map((group) => [...group]);
}

function holdersFirst<One extends SetIdentityChange>(group: readonly One[]): readonly One[] {
  const byHolder = new Map(group.map((one) => [keyOf(one.email, one), one]));
  const ordered = new Set<One>();
  for (const start of group) {
    const line: One[] = [];
    let at: One | undefined = start;
    while (at !== undefined && !ordered.has(at) && !line.includes(at)) {
      line.unshift(at);
      at = at.movedFrom === null ? undefined : byHolder.get(keyOf(at.movedFrom, at));
    }
    for (const one of line) ordered.add(one);
  }
  return [...ordered];
}

function keyOf(email: string, { integrationId }: SetIdentityChange): string {
  return `${integrationId} ${email}`;
}

function withoutAll<T>(items: readonly T[], others: Iterable<unknown>): readonly T[] {
  const gone = new Set(others);
  return items.filter((one) => !gone.has(one));
}

/** The API read the request and said no to what is in it. */
function isRefusal(error: unknown): error is Error {
  const cause = error instanceof PartialWriteError ? error.cause : error;
  return cause instanceof ConflictError || cause instanceof RefusedError || cause instanceof ValidationError;
}

function identityOf({ email, integrationId, after }: SetIdentityChange): Identity {
  return { email, integrationId, identity: after };
}

function markOf({ movedFrom, integrationId, after }: HeldIdentityChange): Identity {
  return { email: movedFrom, integrationId, identity: releasedText(movedFrom, after) };
}

function holderOf({ movedFrom, integrationId, after }: HeldIdentityChange): Identity {
  return { email: movedFrom, integrationId, identity: after };
}
