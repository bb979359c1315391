import { canonicalJson } from "../roster/checksum.js";
import type { Developer } from "../roster/developer.js";
import type { FieldMapping } from "../roster/field-mapping.js";
import type { LiveRoster } from "../roster/live-roster.js";
import { CancelledError, SeiError } from "../sei/errors.js";
import type { Work } from "./execute.js";
import { type Contributors, type Found, findContributors } from "./find-contributors.js";
import { LiveChangedError } from "./same-live.js";
import type { Hands } from "./shown-identities.js";
import { isUncertain, stoppedBy } from "./taken.js";
import { untilShown } from "./until-shown.js";

const LONGEST_WAIT_MS = 1_000;

type InPlace = Hands & { readonly contributors: Contributors };

/**
 * Gives the renamed their new addresses by the v1 API, whose records keep their id, and with it whatever the server
 * hangs on it. One person goes alone first, and nobody else may have changed after that. Reports are without a manager
 * while their manager's address changes: else they would name somebody who is not there, which v2 may refuse for ever.
 * Whatever v1 refuses or does not do is left to the ordinary way: what is live afterwards says what is left.
 *
 * @returns whether anything was sent
 * @throws LiveChangedError when others changed; what the writers throw when nobody knows what became of a write
 */
export async function renameInPlace(work: Work, hands: InPlace): Promise<boolean> {
  const found = await findContributors(work, hands.reader, hands.contributors.reader);
  const managers = new Set([...work.live.developers.values()].map(({ managerEmail }) => managerEmail));
  const leaves = found.filter(({ rename }) => !managers.has(rename.previousEmail));
  const heads = found.filter(({ rename }) => managers.has(rename.previousEmail));
  const done: Found[] = [];
  if (!(await renameAll(leaves, { work, hands, done, cleared: [] })) || heads.length === 0) return done.length > 0;
  const cleared = reportsWithout(heads, done, work.live);
  if (!(await isTaken(hands.writer.upsert(cleared, work.mapping)))) return done.length > 0;
  await renameAll(heads, { work, hands, done, cleared });
  return true;
}

interface UnderWay {
  readonly work: Work;
  readonly hands: InPlace;
  /** Whoever has the new address. */
  readonly done: Found[];
  /** Whoever is without a manager for a while. */
  readonly cleared: readonly Developer[];
}

/** Whether v1 did it, and may be asked for more. */
async function renameAll(found: readonly Found[], { work, hands, done, cleared }: UnderWay): Promise<boolean> {
  for (const group of done.length === 0 ? oneFirst(found) : [found]) {
    if (group.length === 0) continue;
    const isFirst = done.length === 0;
    if (!(await isTaken(put(group, hands)))) return false;
    done.push(...group);
    if (!(await isShown(group, work.mapping, hands))) return false;
    if (isFirst && !(await nobodyElseChanged(group, cleared, work, hands))) return false;
  }
  return true;
}

function oneFirst(found: readonly Found[]): readonly (readonly Found[])[] {
  return [found.slice(0, 1), found.slice(1)];
}

function put(found: readonly Found[], { contributors }: InPlace): Promise<void> {
  return contributors.writer.update(found.map(({ rename, contributor }) => ({ ...contributor, email: rename.email })));
}

/** The reports of these managers, under the addresses that they have by now, without a manager. */
function reportsWithout(heads: readonly Found[], done: readonly Found[], live: LiveRoster): readonly Developer[] {
  const previous = new Set(heads.map(({ rename }) => rename.previousEmail));
  const now = new Map(done.map(({ rename }) => [rename.previousEmail, rename.email]));
  return [...live.developers.values()]
    .filter(({ managerEmail }) => previous.has(managerEmail))
    .map((one) => ({ ...one, email: now.get(one.email) ?? one.email, managerEmail: "" }));
}

/** Whether the API took it; not where it refused it. */
async function isTaken(write: Promise<void>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (!(error instanceof SeiError) || stoppedBy(error) instanceof CancelledError || isUncertain(error)) throw error;
    return false;
  }
}

/** Reads until the new addresses have the ids, for a while. */
function isShown(found: readonly Found[], mapping: FieldMapping, hands: Hands): Promise<boolean> {
  const emails = found.map(({ rename }) => rename.email);
  const look = async () => {
    const refIds = await hands.reader.readRefIds(emails, mapping);
    return found.every(({ rename, contributor }) => refIds.get(rename.email) === contributor.id);
  };
  return untilShown(look, { withinMs: hands.deadlineMs / 6, longestWaitMs: LONGEST_WAIT_MS }, hands);
}

/**
 * @returns false when no whole read says so
 * @throws LiveChangedError
 */
async function nobodyElseChanged(
  found: readonly Found[],
  cleared: readonly Developer[],
  { live }: Work,
  { reader }: Hands,
): Promise<boolean> {
  const now = await reader.readRoster({ identities: false });
  if (!now.completeness.proven) return false;
  const renamed = new Set(found.map(({ rename }) => rename.previousEmail));
  const without = new Set(cleared.map(({ email }) => email));
  // Theirs is on its way: cleared, or with the new address already.
  const compared = (one: Developer | undefined) =>
    canonicalJson(one !== undefined && without.has(one.email) ? { ...one, managerEmail: "" } : one);
  for (const [email, record] of live.developers) {
    if (renamed.has(email)) continue;
    if (compared(now.developers.get(email)) !== compared(record)) {
      throw new LiveChangedError("and nothing more was done after the first rename");
    }
  }
  return true;
}
