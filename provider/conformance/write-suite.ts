import type { LiveRoster } from "../roster/live-roster.js";
import type { Looker, Trier } from "../sei/look.js";
import type { SeiReader } from "../sei/reader.js";
import type { AuthForm } from "../sei/transport/auth.js";
import { takeColumnsAway } from "./added-columns.js";
import { type Judged, Notebook } from "./assumption.js";
import { cleanUp, type Leftover } from "./clean-up.js";
import { Lab } from "./lab.js";
import { newPeople, type OwnPeople } from "./own-people.js";
import { InterruptedError, OwnWrites } from "./own-writes.js";
import { tryDeletes } from "./try-deletes.js";
import { tryForm } from "./try-form.js";
import { IDENTITY_IDS, tryDeleted, tryIdentities } from "./try-identities.js";
import { tryUpserts } from "./try-upserts.js";
import { tryRename, tryValues } from "./try-values.js";
import { tryUnknownKey, tryVersions } from "./try-versions.js";
import { WRITE_ASSUMPTIONS, type WriteId } from "./write-assumptions.js";

/** An account that may be written to, and with what. */
export interface WriteSubject {
  readonly trier: Trier;
  readonly looker: Looker;
  readonly reader: SeiReader;
  readonly form: AuthForm;
  /** Set up. */
  readonly live: LiveRoster;
  /** Where identities are tried; null: nowhere. */
  readonly integrationId: number | null;
  /** Aborted: nothing more is tried, and what was made is taken away. */
  readonly stop: AbortSignal;
  /** Waits before something is looked for again, in ms, one after the other. */
  readonly waits: readonly number[];
}

/** What the writes came to. */
export interface WriteResult {
  readonly judged: readonly Judged[];
  /** The number of this run, which is in the address of everybody who was made up for it. */
  readonly run: string;
  /** What could not be taken away. */
  readonly left: readonly Leftover[];
  readonly interrupted: boolean;
}

/** Tries what only a write shows, on people made up for it, and takes them away whatever happens. Never rejects. */
export async function writeSuite(subject: WriteSubject): Promise<WriteResult> {
  const { trier, looker, reader, form, live, stop, waits } = subject;
  const note = new Notebook<WriteId>();
  const people = newPeople();
  const writes = new OwnWrites(trier, form, people, stop);
  if (live.mapping === null) return resultOf(note, people, [], false, "the account is not set up");
  const lab = new Lab({ note, writes, people, looker, reader, form, mapping: live.mapping, waits });
  const run = new Run(lab, subject.integrationId);
  let interrupted = false;
  let trouble = "the trial before it did not come to its end";
  try {
    await run.all();
  } catch (error) {
    interrupted = error instanceof InterruptedError;
    trouble = error instanceof Error ? error.message : String(error);
  }
  writes.endNow();
  await run.endIdentities();
  const left = [...(await run.cleanUp()), ...run.left()];
  return resultOf(note, people, left, interrupted, trouble);
}

function resultOf(
  note: Notebook<WriteId>,
  { run }: OwnPeople,
  left: readonly Leftover[],
  interrupted: boolean,
  why: string,
): WriteResult {
  return { judged: WRITE_ASSUMPTIONS.map((one) => note.judge(one, why)), run, left, interrupted };
}

/** The trials in their order: what one finds out says whether another may be made. */
class Run {
  readonly #lab: Lab;
  readonly #integrationId: number | null;
  #columns: readonly string[] = [];
  #keptIdentities = 0;
  #endedIdentities = 0;

  constructor(lab: Lab, integrationId: number | null) {
    this.#lab = lab;
    this.#integrationId = integrationId;
  }

  async all(): Promise<void> {
    const lab = this.#lab;
    this.#columns = await tryForm(lab);
    if (this.#columns.length > 0) {
      await this.#withoutColumns();
      throw new Error("the server makes columns of keys that it does not know");
    }
    await tryUpserts(lab);
    await tryDeletes(lab);
    await this.#identities();
    await tryValues(lab);
    // Only who is not made up is to be in what is uploaded.
    await this.#startAfresh();
    const isReplacing = await tryVersions(lab);
    await this.#startAfresh();
    if (!isReplacing) {
      for (const id of ["upsert.unknown-key", "upsert.id"] as const) {
        lab.tools.note.missed(id, "where a column comes of it, nothing would take it away again");
      }
      return;
    }
    this.#columns = await tryUnknownKey(lab);
    if (this.#columns.length > 0) {
      lab.tools.note.missed("upsert.id", "the server makes columns of keys that it does not know");
      await this.#withoutColumns();
    } else await tryRename(lab);
  }

  /** Deletes everybody of this run. */
  async cleanUp(): Promise<readonly Leftover[]> {
    const { tools, lagMs } = this.#lab;
    const { writes, people, reader, waits } = tools;
    // Before the first upsert there is nobody.
    if (writes.made.size === 0) return [];
    return cleanUp({
      reader,
      waits,
      lagMs,
      made: writes.made,
      isMine: ({ email }) => people.has(email),
      remove: (emails) => writes.remove(emails),
    });
  }

  /** What no clean-up takes away. */
  left(): readonly Leftover[] {
    const columns = this.#columns.map((column) => JSON.stringify(column)).join(", ");
    const { run } = this.#lab.tools.people;
    return [
      ...(columns === "" ? [] : [`columns that the server made of a key: ${columns}`]),
      ...(this.#keptIdentities === 0
        ? []
        : [
            `identities that the server may keep of people who are deleted: ${this.#keptIdentities} of conformance-${run}-…`,
          ]),
    ];
  }

  async #withoutColumns(): Promise<void> {
    const { note } = this.#lab.tools;
    try {
      await this.#startAfresh();
      await takeColumnsAway(this.#lab, this.#columns);
      this.#columns = [];
    } catch (error) {
      if (error instanceof InterruptedError) throw error;
      note.missed("upsert.id", "a column that came of a key could not be taken away");
    }
  }

  async #startAfresh(): Promise<void> {
    const left = await this.cleanUp();
    if (left.length > 0) throw new Error("people who were made up for the trials before could not be deleted");
  }

  async #identities(): Promise<void> {
    const lab = this.#lab;
    const { note } = lab.tools;
    if (this.#integrationId === null) {
      for (const id of IDENTITY_IDS) note.missed(id, "no identity shows an integration; name one with --integration");
      return;
    }
    await tryIdentities(lab, this.#integrationId);
    await this.endIdentities();
  }

  /** Takes identities away while their people are still there. */
  async endIdentities(): Promise<void> {
    const all = this.#lab.tools.writes.identities.length;
    if (all === this.#endedIdentities) return;
    this.#keptIdentities = all;
    this.#keptIdentities = await this.#withoutIdentities(all);
    this.#endedIdentities = this.#lab.tools.writes.identities.length;
  }

  /** @returns how many identities go on after their developers are deleted */
  async #withoutIdentities(all: number): Promise<number> {
    const lab = this.#lab;
    const { writes } = lab.tools;
    // Who is not there cannot take one along.
    await lab.trial([], () => lab.put(lab.person("ghost")));
    const { note } = lab.tools;
    if (note.sawOf("identities.deleted") === null) await tryDeleted(lab, this.#integrationId ?? 0);
    if (note.sawOf("identities.deleted") === "gone") return 0;
    const blank = writes.identities.map((one) => ({ ...one, identity: "" }));
    let kept = all;
    await lab.trial([], async () => {
      const unique = [...new Map(blank.map((one) => [`${one.email} ${one.integrationId}`, one])).values()];
      await writes.setIdentities(unique);
      const emails = [...new Set(unique.map(({ email }) => email))];
      await lab.settle();
      kept = (await lab.tools.reader.readIdentities(emails)).length;
    });
    return kept;
  }
}
