import { type Allowance, allowanceOf, excused, type Loss } from "./allowance.js";
import { type Change, changesOf, type FieldChange } from "./change.js";
import type { FieldMapping } from "./field-mapping.js";
import { type JudgedRead, judgeCompleteRead } from "./judge-complete-read.js";
import { allowed, allowedByDefault, type DefaultLimit } from "./limit.js";
import type { GuardSettings, Limit } from "./policy.js";
import { byText } from "./strings.js";
import { passed, type Verdict } from "./verdict.js";

/** What the guards judge. */
export interface Judged extends JudgedRead {
  readonly mapping: FieldMapping;
  /** How many live developers this roster owns: what a share is a share of. */
  readonly owned: number;
  /** How many developers there are after the apply. */
  readonly after: number;
  /** The exceptions that count today. */
  readonly allow: readonly Allowance[];
  /** The plan's. */
  readonly checksum: string;
}

type LimitName = "maxDelete" | "maxUpdate" | "maxBlank" | "maxManagerChange" | "maxIdentityMove";

const DEFAULTS: Readonly<Record<LimitName, DefaultLimit>> = {
  maxDelete: { count: 3, share: "10%" },
  maxUpdate: { count: 10, share: "30%" },
  maxBlank: { count: 10, share: "30%" },
  maxManagerChange: { count: 10, share: "30%" },
  maxIdentityMove: { count: 10, share: "30%" },
};

const LOSS_OF: Readonly<Record<LimitName, Loss>> = {
  maxDelete: "delete",
  maxUpdate: "update",
  maxBlank: "blank",
  maxManagerChange: "managerChange",
  maxIdentityMove: "identityMove",
};

const WOULD: Readonly<Record<LimitName, string>> = {
  maxDelete: "be deleted",
  maxUpdate: "be updated",
  maxBlank: "lose a value",
  maxManagerChange: "get another manager or none",
  maxIdentityMove: "take an identity from somebody else",
};

/** Judges a plan by every guard. All of them are on, whether or not anybody wrote them. */
export function judge(judged: Judged, settings: GuardSettings): readonly Verdict[] {
  const deleted = changesOf(judged.changes, "delete").map(({ email }) => email);
  const updates = updatesOf(judged.changes);
  const isRenamed = renameTest(judged.changes);
  // The API cannot give an identity back that was overwritten.
  const overwritten = changesOf(judged.changes, "setIdentity").filter(({ before }) => before !== null);
  const losing = (test: (field: FieldChange) => boolean) =>
    updates.filter(({ fields }) => fields.some(test)).map(({ email }) => email);
  const counted: Readonly<Record<LimitName, readonly string[]>> = {
    maxDelete: deleted,
    maxUpdate: [...new Set([...updates, ...overwritten].map(({ email }) => email))],
    // White space is nothing: some servers trim it.
    maxBlank: losing(({ before, after }) => after.trim() === "" && before.trim() !== ""),
    maxManagerChange: losing(({ field, before }) => field === judged.mapping.managerEmail && before !== ""),
    maxIdentityMove: changesOf(judged.changes, "setIdentity")
      .filter(({ email, movedFrom }) => movedFrom !== null && !isRenamed(movedFrom, email))
      .map(({ email }) => email),
  };
  return [
    judgeCompleteRead(judged),
    ...(Object.keys(DEFAULTS) as LimitName[]).map((name) => judgeLimit(name, counted[name], settings[name], judged)),
    judgeMinimum(judged, settings.minDevelopers ?? 1, deleted),
    judgeProtected(deleted, settings.protect ?? []),
  ];
}

/** Whose values change. A manager who only has a new address is no change, and neither is a new address of one's own. */
function updatesOf(changes: readonly Change[]) {
  return [...changesOf(changes, "rename"), ...changesOf(changes, "update")]
    .map(({ email, fields }) => ({ email, fields: fields.filter(({ sameManager }) => sameManager !== true) }))
    .filter(({ fields }) => fields.length > 0);
}

/** Tells whether two addresses are one person's. */
function renameTest(changes: readonly Change[]): (previousEmail: string, email: string) => boolean {
  const pairs = new Set(changesOf(changes, "rename").map((one) => `${one.previousEmail} ${one.email}`));
  return (previousEmail, email) => pairs.has(`${previousEmail} ${email}`);
}

function judgeLimit(
  name: LimitName,
  all: readonly string[],
  limit: Limit | undefined,
  { owned, allow, checksum }: Judged,
): Verdict {
  const exception = excused(allow, LOSS_OF[name], all);
  const people = all.filter((email) => !exception.people.has(email));
  const { most, says } =
    limit === undefined
      ? allowedByDefault(DEFAULTS[name], owned)
      : { most: allowed(limit, owned), says: String(limit) };
  const besides = exception.people.size === 0 ? "" : `, and ${exception.people.size} by exception`;
  const plain = `${most} of ${owned} (${says})${besides}`;
  const words = exception.people.size === 0 ? plain : `${plain}: ${exception.reasons.join("; ")}`;
  if (people.length <= most) return passed(name, words, people.length, plain);
  const reviewed = allowanceOf(allow, checksum);
  if (reviewed !== undefined) {
    const byException = "this very plan, by exception";
    return passed(name, `${byException}: ${reviewed.reason}`, people.length, byException);
  }
  const refusing = (limits: string): string =>
    `${people.length} developers would ${WOULD[name]}; guards.${name} allows ${limits}`;
  return {
    name,
    limit: words,
    actual: people.length,
    verdict: "refused",
    reason: refusing(words),
    ...(words === plain ? {} : { impersonal: { limit: plain, reason: refusing(plain) } }),
    hint: `if this is meant, allow it once in the change that is reviewed: allow: [{ ${LOSS_OF[name]}: [<emails>], reason: <why>, until: <day> }], or raise guards.${name} to at least ${people.length}`,
    people: [...people].sort(byText),
  };
}

function judgeMinimum({ after, live }: Judged, least: number, deleted: readonly string[]): Verdict {
  const words = `at least ${least}`;
  // Growing towards the minimum is fine; only a plan that takes people away can break it.
  if (after >= least || (deleted.length === 0 && after >= live.developers.size)) {
    return passed("minDevelopers", words, after);
  }
  return {
    name: "minDevelopers",
    limit: words,
    actual: after,
    verdict: "refused",
    reason: `${after} developers would be left; guards.minDevelopers asks for ${words}`,
    hint: "check that the source is whole; if this is meant, lower guards.minDevelopers in the roster",
    people: [...deleted].sort(byText),
  };
}

function judgeProtected(deleted: readonly string[], protect: readonly string[]): Verdict {
  const shielded = new Set(protect);
  const hit = deleted.filter((email) => shielded.has(email)).sort(byText);
  const words = `${shielded.size} protected`;
  if (hit.length === 0) return passed("protect", words, 0);
  return {
    name: "protect",
    limit: words,
    actual: hit.length,
    verdict: "refused",
    reason: `${hit.length} protected developer(s) would be deleted`,
    hint: "declare them again, or take them out of guards.protect in the change that is reviewed",
    people: hit,
  };
}
