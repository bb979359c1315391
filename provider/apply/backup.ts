import { type Change, changesOf } from "../roster/change.js";
import { canonicalJson } from "../roster/checksum.js";
import type { DesiredRoster } from "../roster/desired-roster.js";
import type { Developer, Identity } from "../roster/developer.js";
import type { FieldMapping } from "../roster/field-mapping.js";
import type { LiveRoster } from "../roster/live-roster.js";
import type { Plan } from "../roster/plan.js";
import { byText, strings } from "../roster/strings.js";
import type { Target } from "../roster/target.js";
import { IdentitiesUnavailableError } from "../sei/errors/generation-errors.js";
import type { SeiReader } from "../sei/reader.js";
import { checkedJson, readCheckedJson } from "./checked-json.js";

/** A live roster as it was before an apply. */
export interface Backup {
  /** 2: of some people alone. */
  readonly version: 1 | 2;
  readonly target: Target;
  /** ISO 8601, in UTC. */
  readonly time: string;
  /** null: the account was not set up. */
  readonly mapping: FieldMapping | null;
  /** Sorted by key. */
  readonly developers: readonly Developer[];
  /** Sorted. null: not read, because the plan could not touch any. */
  readonly identities: readonly Identity[] | null;
  /** Kinds of tools by integrationId, as they were declared: the previous generation writes identities by them. */
  readonly applicationTypes?: readonly (readonly [number, string])[];
  /** Keys: the backup is of these alone, and of nobody else who is live. Left out: of everybody. */
  readonly people?: readonly string[];
}

/** A backup cannot be made, kept or read. */
export class BackupError extends Error {
  override readonly name = "BackupError";
}

/**
 * Makes the backup of what a plan is about to change. Identities cost requests, so they are read only when the plan can
 * touch any and nobody has read them yet. Where no request reads them, they are left out.
 *
 * @throws SeiError when the identities cannot be read
 */
export async function backUp(
  reader: SeiReader,
  live: LiveRoster,
  plan: Plan,
  time: Date,
  applicationTypes: DesiredRoster["applicationTypes"] = new Map(),
): Promise<Backup> {
  const identities = live.identities ?? (mayTouchIdentities(plan) ? await identitiesOf(reader, live) : null);
  const types = applicationTypes.size === 0 ? {} : { applicationTypes: [...applicationTypes] };
  const backup = { ...backupOf({ ...live, identities }, plan.target, time), ...types };
  return live.part === true ? { ...backup, version: 2, people: concerned(plan) } : backup;
}

/** Whom a plan of some people writes. */
function concerned({ changes }: Plan): readonly string[] {
  const ofPeople = changes.filter((change) => "email" in change);
  return [...new Set(ofPeople.map(({ email }) => email))].sort(byText);
}

async function identitiesOf(reader: SeiReader, live: LiveRoster): Promise<readonly Identity[] | null> {
  try {
    return await reader.readIdentities(keysOf(live));
  } catch (error) {
    if (error instanceof IdentitiesUnavailableError) return null;
    throw error;
  }
}

/** A live roster as a backup: the same content for the same roster, in whatever order it was read. */
export function backupOf({ mapping, developers, identities }: LiveRoster, target: Target, time: Date): Backup {
  return {
    version: 1,
    target: { endpoint: target.endpoint, account: target.account },
    time: time.toISOString(),
    mapping,
    developers: [...developers.values()].sort((a, b) => byText(a.email, b.email)),
    identities: identities === null ? null : [...identities].sort((a, b) => byText(canonicalJson(a), canonicalJson(b))),
  };
}

/** A backup as the text of its file, which holds a checksum of everything else in it. */
export function backupText(backup: Backup): string {
  return checkedJson(backup);
}

/**
 * Reads the text of a backup.
 *
 * @throws BackupError when it is none, is of another version, or is not what was written
 */
export function parseBackup(text: string): Backup {
  const read = readCheckedJson(text);
  if (read === null || read.isWhole === null || !("developers" in read.content)) {
    throw new BackupError("it is not a backup of sei-roster");
  }
  const { content, isWhole } = read;
  if (content["version"] !== ("people" in content ? 2 : 1))
    throw new BackupError("another version of the package wrote it");
  if (!isWhole) {
    throw new BackupError("it was changed or cut short after it was written: its checksum does not fit");
  }
  // The checksum says that this is what `backupText` wrote.
  const backup = content as unknown as Backup;
  return { ...backup, developers: backup.developers.map(withPlainAttributes) };
}

/** Only new and changed records, one by one, leave every identity where it is. */
function mayTouchIdentities({ changes, way }: Plan): boolean {
  const untouched = [...changesOf(changes, "create"), ...changesOf(changes, "update")] as readonly Change[];
  return way.kind !== "upsert" || untouched.length < changes.length;
}

function keysOf({ developers }: LiveRoster): readonly string[] {
  return [...developers.keys()];
}

function withPlainAttributes(developer: Developer): Developer {
  return { ...developer, attributes: strings(Object.entries(developer.attributes)) };
}
