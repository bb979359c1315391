import { type Change, changesOf } from "../roster/change.js";
import type { Developer, Identity } from "../roster/developer.js";
import { diffDeveloper } from "../roster/diff-developer.js";
import type { LiveRoster } from "../roster/live-roster.js";
import { movedColumns } from "../roster/moved-columns.js";
import { rosterAfter } from "../roster/roster-after.js";
import { byText } from "../roster/strings.js";
import { CancelledError } from "../sei/errors.js";
import { describe, describeWithoutPeople } from "./describe.js";
import type { Phase } from "./execute.js";
import { type Leftover, undone } from "./leftover.js";
import type { Outcome } from "./outcome.js";
import { ReviewMismatchError } from "./review-check.js";
import { LiveChangedError } from "./same-live.js";
import { stoppedBy } from "./taken.js";

/** What a read after the writes shows, next to the plan. */
export interface Seen extends Leftover {
  readonly planned: readonly Change[];
  /** What was live when the plan was made. */
  readonly before: LiveRoster;
  readonly live: LiveRoster;
}

/** Everything that was planned is live, everybody who should be there is, and the read is known to be complete. */
export function isSettled(seen: Seen): boolean {
  return seen.left.length === 0 && seen.live.completeness.proven && complaints(seen).length === 0;
}

export function applied({ planned, live }: Seen): Outcome {
  const nothing = { failed: [], notTried: [], reason: "", reasonWithoutPeople: "" };
  return { status: "applied", done: planned, ...nothing, touched: true, live };
}

/** Live is as declared. */
export function nothingToDo(live: LiveRoster): Outcome {
  const nothing = { done: [], failed: [], notTried: [], reason: "", reasonWithoutPeople: "" };
  return { status: "applied", ...nothing, touched: false, live };
}

/** Every request was taken, and still the reads do not show what they should. */
export function unverified(seen: Seen): Outcome {
  const { planned, left, live } = seen;
  const reason = [
    ...(left.length === 0 ? [] : [`a read does not show ${left.length} of ${planned.length} changes`]),
    ...(live.completeness.proven ? [] : [`no read was proven to be complete (${live.completeness.reason})`]),
    ...complaints(seen),
  ].join("; ");
  const told = `the API took every request, but ${reason}`;
  const missing = new Set([...undone(planned, left), ...withoutRecord(planned, live)]);
  const done = planned.filter((change) => !missing.has(change));
  const rest = { failed: left, notTried: [], reason: told, reasonWithoutPeople: told };
  return { status: "unverified", done, ...rest, touched: true, live };
}

/** A request was refused, or nobody knows what became of it. */
export function failed(
  planned: readonly Change[],
  left: readonly Change[],
  phase: Phase | null,
  trouble: unknown,
  touched: boolean,
  live: LiveRoster | null,
): Outcome {
  const missing = new Set([...undone(planned, left), ...withoutRecord(planned, live)]);
  // What was cancelled was not sent: the request before it was finished, and shows in what is done.
  const tried = (change: Change): boolean =>
    !(stoppedBy(trouble) instanceof CancelledError) && !isAfter(change.kind, phase);
  return {
    status: "failed",
    done: planned.filter((change) => !missing.has(change)),
    failed: [...missing].filter(tried),
    notTried: [...missing].filter((change) => !tried(change)),
    reason: describe(trouble),
    reasonWithoutPeople: describeWithoutPeople(trouble),
    ...(isStale(trouble) ? { stale: true as const } : {}),
    touched,
    live,
  };
}

/** Whoever is not live, and should be, is as little done as what a plan still shows. */
function withoutRecord(planned: readonly Change[], live: LiveRoster | null): readonly Change[] {
  if (live === null || !live.completeness.proven) return [];
  const records = [...changesOf(planned, "create"), ...changesOf(planned, "rename"), ...changesOf(planned, "update")];
  return records.filter(({ email }) => !live.developers.has(email));
}

function isStale(trouble: unknown): boolean {
  return trouble instanceof LiveChangedError || trouble instanceof ReviewMismatchError;
}

/** What differs although it was not planned. Newcomers are nobody's fault; people who are missing are. */
function complaints(seen: Seen): readonly string[] {
  const { live, other } = seen;
  const expected = expectedAfter(seen);
  const gone = [...expected.keys()].filter((email) => !live.developers.has(email)).length;
  const altered = other.filter(({ kind }) => kind !== "delete" && kind !== "create").length;
  return [
    ...(gone === 0 ? [] : [`${gone} developer(s) who should be live are not`]),
    ...(altered === 0 ? [] : [`${altered} declared value(s) differ that this plan did not touch`]),
    ...unlikeSent(seen, expected),
    ...lostIdentities(seen),
  ];
}

/**
 * Whole records are sent, also of values that nobody manages, so that every column of everybody who was written is held
 * against what was meant. What a plan on the new read still changes is told there.
 */
function unlikeSent({ planned, live, left, other }: Seen, expected: ReadonlyMap<string, Developer>): readonly string[] {
  const mapping = live.mapping;
  if (mapping === null) return [];
  const told = new Set([...left, ...other].map((change) => ("email" in change ? change.email : "")));
  const renamed = changesOf(planned, "rename").filter(({ isRest }) => isRest !== true);
  const written = [...changesOf(planned, "create"), ...renamed, ...changesOf(planned, "update")];
  // A field mapping is saved together with everybody.
  const emails = changesOf(planned, "mapField").length > 0 ? [...expected.keys()] : written.map(({ email }) => email);
  const fields = emails
    .filter((email) => !told.has(email))
    .map((email) => {
      const [meant, now] = [expected.get(email), live.developers.get(email)];
      return meant === undefined || now === undefined ? [] : diffDeveloper(meant, now, mapping);
    })
    .filter(({ length }) => length > 0);
  if (fields.length === 0) return [];
  const columns = [...new Set(fields.flat().map(({ field }) => JSON.stringify(field)))].sort(byText);
  return [`${fields.length} developer(s) hold something else than was sent in ${columns.join(", ")}`];
}

/** Everybody as they should be, under the columns that were planned. */
function expectedAfter({ planned, before, live }: Seen): ReadonlyMap<string, Developer> {
  if (live.mapping === null) return rosterAfter(before.developers, planned);
  const { relabel } = movedColumns(before.mapping, live.mapping, changesOf(planned, "mapField"));
  const relabelled = [...before.developers].map(([email, developer]) => [email, relabel(developer)] as const);
  return rosterAfter(new Map(relabelled), planned);
}

/** Saving a field mapping replaces everybody, and nobody's identities. */
function lostIdentities({ planned, before, live }: Seen): readonly string[] {
  if (changesOf(planned, "mapField").length === 0) return [];
  // Nobody is renamed with it: a guard refuses that.
  const moved = new Set(changesOf(planned, "setIdentity").flatMap(({ email, movedFrom }) => [email, movedFrom]));
  const textOf = (one: Identity) => `${one.integrationId} ${one.email} ${one.identity}`;
  const now = new Set((live.identities ?? []).map(textOf));
  const lost = (before.identities ?? []).filter(
    (one) =>
      live.developers.has(one.email) &&
      before.developers.has(one.email) &&
      !moved.has(one.email) &&
      !now.has(textOf(one)),
  );
  return lost.length === 0 ? [] : [`${lost.length} identity(ies) that were live are not any more`];
}

/** What is sent only after a phase. */
const AFTER: Readonly<Record<Phase, readonly Change["kind"][]>> = {
  setup: ["setIdentity"],
  reupload: ["setIdentity"],
  upsert: ["delete", "setIdentity"],
  setIdentity: ["delete"],
  delete: [],
};

/** Whether changes of a kind are sent only after the phase that failed. */
function isAfter(kind: Change["kind"], phase: Phase | null): boolean {
  return phase === null || AFTER[phase].includes(kind);
}
