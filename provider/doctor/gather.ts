import type { LiveRoster } from "../roster/live-roster.js";
import { askVersions } from "../sei/contributors/versions.js";
import { SeiError } from "../sei/errors/sei-error.js";
import type { Looker } from "../sei/look.js";
import type { SeiReader } from "../sei/reader.js";
import type { AuthForm } from "../sei/transport/auth.js";
import { arrive } from "./arrive.js";
import type { Answers, Arrival, Evidence, Subject, Tried } from "./evidence.js";
import { isPast, type Reaction, reactionOf } from "./reaction.js";

/** As the documents' own command asks. */
const { path, query } = askVersions({ index: 0, size: 999 });
const VERSIONS_WISH = { path, query };
const FIRST_TEN = [
  ["pageIndex", "0"],
  ["pageSize", "10"],
] as const;

/** Asks the API everything that the checks want to know. What fails or is slow keeps nothing else from being asked. */
export async function gather(subject: Subject): Promise<Evidence> {
  const { looker, reader, ...rest } = subject;
  const arrival = await arrive(subject);
  const form = usableForm(arrival);
  if (form === null) {
    const why = whyNot(arrival);
    const none = { kind: "notTried", why } as const;
    return { subject: rest, arrival, answers: none, live: none, identitiesFailed: null };
  }
  const [answers, live] = await Promise.all([
    ask(looker, form, arrival, subject.generation),
    within(subject.deadlineMs, readLive(reader)), //
  ]);
  return {
    subject: rest,
    arrival,
    answers: { kind: "done", value: answers },
    live: live.kind === "done" ? { kind: "done", value: live.value.roster } : live,
    identitiesFailed: live.kind === "done" ? live.value.identitiesFailed : null,
  };
}

async function ask(
  looker: Looker,
  form: AuthForm,
  arrival: Arrival,
  generation: Subject["generation"],
): Promise<Answers> {
  const schema = arrival.forms.find((one) => one.form === form)?.looked ?? arrival.keyless;
  const isPrevious = generation === "previous";
  const [current, otherList, otherCsv, identities, previous, v1, nowhere, licensed, history] = await Promise.all([
    looker.get({ path: "/v2/developers", form, query: FIRST_TEN }),
    isPrevious ? looker.previousList(form) : null,
    isPrevious ? null : looker.get({ path: "/v2/developers", form, accept: "text/csv" }),
    looker.get({ path: "/v2/developers/identities", form, query: FIRST_TEN }),
    looker.get({ path: "/v2/developers/download", form, accept: "text/csv" }),
    looker.get({ path: "/v1/org/users/schema", form }),
    looker.get({ path: "/v2/no-such-path-of-the-api", form }),
    looker.licensed(form),
    looker.get({ ...VERSIONS_WISH, form }),
  ]);
  const [list, csv] = [otherList ?? current, otherCsv ?? previous];
  return { form, schema, list, csv, current, identities, previous, v1, nowhere, licensed, history };
}

/** The reactions with which a form is worth going on, the best first. */
const WORTH: readonly Reaction[] = ["fine", "setup", "missing", "refused", "forbidden", "busy", "failed"];

/** The form in which to go on; null when everything else would be answered alike. */
function usableForm({ forms }: Arrival): AuthForm | null {
  const best = WORTH.map((reaction) => forms.find(({ looked }) => reactionOf(looked) === reaction)).find(
    (one) => one !== undefined,
  );
  if (best !== undefined) return best.form;
  // Only the schema may be slow.
  return forms.find(({ looked }) => looked.kind === "none" && looked.timedOut)?.form ?? null;
}

function whyNot({ forms }: Arrival): string {
  const reactions = forms.map(({ looked }) => reactionOf(looked));
  if (reactions.includes("unauthorized")) return "the key is not accepted";
  if (reactions.includes("page")) return "the endpoint answers with an HTML page";
  return reactions.includes("redirect") ? "the endpoint redirects elsewhere" : "the endpoint does not answer";
}

interface LiveRead {
  readonly roster: LiveRoster;
  readonly identitiesFailed: string | null;
}

async function readLive(reader: SeiReader): Promise<LiveRead> {
  try {
    return { roster: await reader.readRoster({ identities: true }), identitiesFailed: null };
  } catch (error) {
    // Perhaps only the identities: their absence must not hide the rest.
    const roster = await reader.readRoster({ identities: false });
    return { roster, identitiesFailed: error instanceof Error ? error.message : String(error) };
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<Tried<T>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Tried<T>>((resolve) => {
    const says = `it takes longer than ${ms / 1000} s`;
    timer = setTimeout(() => resolve({ kind: "failed", says, error: null }), ms);
  });
  const done = work.then(
    (value): Tried<T> => ({ kind: "done", value }),
    (error: unknown): Tried<T> => ({
      kind: "failed",
      says: error instanceof Error ? error.message : String(error),
      error: error instanceof SeiError ? error : null,
    }),
  );
  try {
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether an answer says that its path is one of the API: a 404 does, when a path of no API gets another one. */
export function isPathHere(reaction: Reaction, words: string, wordsOfNowhere: string): boolean {
  return isPast(reaction) && (reaction !== "missing" || words !== wordsOfNowhere);
}
