import type { LiveRoster } from "../roster/live-roster.js";
import type { Looker } from "../sei/look.js";
import type { SeiReader } from "../sei/reader.js";
import type { AuthForm } from "../sei/transport/auth.js";
import { type Judged, Notebook } from "./assumption.js";
import { measureArrival } from "./measure-arrival.js";
import { measureFiles } from "./measure-files.js";
import { measureIdentities } from "./measure-identities.js";
import { measureList } from "./measure-list.js";
import { READ_ASSUMPTIONS, type ReadId } from "./read-assumptions.js";

/** Who is looked at, and with what: nothing here can write. */
export interface ReadSubject {
  /** "" when the key alone names it. */
  readonly account: string;
  readonly looker: Looker;
  readonly reader: SeiReader;
}

/** What the reads came to. */
export interface ReadResult {
  readonly judged: readonly Judged[];
  /** How the key is taken; null: not at all. */
  readonly form: AuthForm | null;
  /** As plan and apply read it; null when it could not be read, and then `trouble` says why. */
  readonly live: LiveRoster | null;
  readonly trouble: string;
}

/** Looks at everything that can be seen without a write. Never rejects for what the API does. */
export async function readSuite({ account, looker, reader }: ReadSubject): Promise<ReadResult> {
  const note = new Notebook<ReadId>();
  const form = await measureArrival(note, looker, account);
  if (form === null) return result(note, null, null, "the key is not taken in any form");
  let live: LiveRoster;
  try {
    live = await reader.readRoster({ identities: true });
  } catch (error) {
    return result(note, form, null, error instanceof Error ? error.message : String(error));
  }
  if (live.mapping === null) return result(note, form, live, "the account is not set up");
  await measureList(note, looker, form, live);
  await measureFiles(note, looker, form, live);
  await measureIdentities(note, looker, form, live);
  return result(note, form, live, "the account has nobody");
}

function result(note: Notebook<ReadId>, form: AuthForm | null, live: LiveRoster | null, trouble: string): ReadResult {
  return { judged: READ_ASSUMPTIONS.map((one) => note.judge(one, trouble)), form, live, trouble };
}
