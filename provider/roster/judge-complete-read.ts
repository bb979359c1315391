import { type Change, changesOf } from "./change.js";
import type { LiveRoster } from "./live-roster.js";
import { byText } from "./strings.js";
import { type Unproven, unprovenIdentities, unprovenRoster } from "./unproven.js";
import { passed, type Verdict } from "./verdict.js";
import type { Way } from "./way.js";

/** What a plan was made of, and what it would write. */
export interface JudgedRead {
  readonly changes: readonly Change[];
  readonly live: LiveRoster;
  readonly way: Way["kind"];
  /** An earlier apply is on record, so the account was set up once. */
  readonly appliedBefore: boolean;
}

const NAME = "completeRead";
const LIMIT = "two answers of the API agree on who is live";

/**
 * A short read looks exactly like people who left: nothing is written on the strength of one. Only a first setup may go
 * on where every answer was 404: its upload is a draft, fails at a wrong endpoint, and is followed by another read.
 * Nobody is written of whom the answers show different values, and no identity is touched that an answer may have lost.
 */
export function judgeCompleteRead(judged: JudgedRead): Verdict {
  const { live, changes, appliedBefore } = judged;
  const { completeness, developers } = live;
  if (changes.length === 0) return passed(NAME, LIMIT, developers.size);
  if (!completeness.proven) {
    if (completeness.everythingMissing === true && !appliedBefore) return passed(NAME, LIMIT, 0);
    return refused(developers.size, unprovenRoster(completeness.reason));
  }
  // Also when the account looks as if it had never been set up: a setup would replace everybody.
  if (appliedBefore && developers.size === 0) {
    return refused(0, {
      // Creating everybody again would blank what others keep of them, if they are there after all.
      reason: "the account answers that nobody is live, although an earlier apply put people there",
      hint: "run it again; if somebody really emptied the account, take the resource out of the state (`pulumi state delete URN`) and run `pulumi up`",
    });
  }
  return judgeIdentities(judged) ?? judgeValues(judged) ?? passed(NAME, LIMIT, developers.size);
}

/** null: nothing of this plan hangs on an identity that the read may have missed. */
function judgeIdentities({ live, changes }: JudgedRead): Verdict | null {
  const completeness = live.identityCompleteness;
  if (completeness === undefined || completeness.proven) return null;
  const set = changesOf(changes, "setIdentity");
  const people = [
    ...changesOf(changes, "rename"),
    // Setting a first identity of somebody loses nothing, if no answer shows another one.
    ...set.filter(({ before, movedFrom }) => completeness.contradicted || before !== null || movedFrom !== null),
    // Deleting somebody deletes their identities, which the backup would not have.
    ...(completeness.contradicted ? changesOf(changes, "delete") : []),
  ].map(({ email }) => email);
  if (people.length === 0) return null;
  const { reason, hint } = unprovenIdentities(completeness);
  const who = `${count(people)} developer(s) would be renamed, deleted or get an identity`;
  return refused(live.developers.size, { reason: `${who}, and ${reason}`, hint }, people);
}

/** null: nobody is written of whom the answers show different values. */
function judgeValues({ live, changes, way }: JudgedRead): Verdict | null {
  const { disputed } = live;
  if (disputed === undefined) return null;
  const everybody = way === "reupload" || way === "setup";
  const people = everybody
    ? [...disputed.people]
    : changes.flatMap(writtenBy).filter((email) => disputed.people.has(email));
  if (people.length === 0) return null;
  const who = `${count(people)} developer(s) would be written of whom the answers of the API show different values`;
  const hint =
    "run it again; if it stays so, compare the JSON list and the CSV download of the developers for them, and correct the value by hand";
  return refused(live.developers.size, { reason: `${who}: ${disputed.reason}`, hint }, people);
}

/** Whose records a change sends whole, or takes away. */
function writtenBy(change: Change): readonly string[] {
  switch (change.kind) {
    case "rename":
      return [change.email, change.previousEmail];
    case "create":
    case "update":
    case "delete":
      return [change.email];
    case "setIdentity":
    case "mapField":
      return [];
  }
}

function refused(actual: number, words: Unproven, people: readonly string[] = []): Verdict {
  return {
    name: NAME,
    limit: LIMIT,
    actual,
    verdict: "refused",
    ...words,
    people: [...new Set(people)].sort(byText),
  };
}

function count(people: readonly string[]): number {
  return new Set(people).size;
}
