import { setTimeout as sleep } from "node:timers/promises";
import type { Developer, Identity } from "../roster/developer.js";
import { columnsOf, type FieldMapping } from "../roster/field-mapping.js";
import type { LiveRoster } from "../roster/live-roster.js";
import { type Place, recordOf } from "../sei/codec/place.js";
import type { Looked, Looker } from "../sei/look.js";
import type { SeiReader } from "../sei/reader.js";
import { findRecords } from "../sei/shape/find-records.js";
import type { JsonObject } from "../sei/shape/json.js";
import type { AuthForm } from "../sei/transport/auth.js";
import { answerText, isTaken, jsonOf } from "./answer-words.js";
import type { Notebook } from "./assumption.js";
import type { OwnPeople } from "./own-people.js";
import { InterruptedError, type OwnWrites } from "./own-writes.js";
import type { WriteId } from "./write-assumptions.js";

/** Something did not go as it must for the rest of a trial to mean anything. The message ends "not tested: ...". */
export class TrialError extends Error {}

/** What a trial works with. */
export interface LabTools {
  readonly note: Notebook<WriteId>;
  readonly writes: OwnWrites;
  readonly people: OwnPeople;
  readonly looker: Looker;
  readonly reader: SeiReader;
  readonly form: AuthForm;
  readonly mapping: FieldMapping;
  /** Waits before something is looked for again, one after the other. */
  readonly waits: readonly number[];
}

/** The values of a record, by column; null and "" are sent as they are, a column that is left out is not sent. */
export type Values = Readonly<Record<string, string | null>>;

/** Trials on made-up people: sends records in the form that is known, and reads what came of them. */
export class Lab {
  readonly tools: LabTools;
  /** Where each column stands in a record; null until that was found out. */
  keys: ReadonlyMap<string, Place> | null = null;
  /** Reads are so far behind writes, as far as was seen. */
  lagMs = 0;

  constructor(tools: LabTools) {
    this.tools = tools;
  }

  /** The column whose values are played with: an attribute, or else the name. */
  get column(): string {
    const { mapping } = this.tools;
    return mapping.attributes[0] ?? mapping.name;
  }

  email(who: string): string {
    return this.tools.people.email(who);
  }

  /** A whole record of somebody made up, without a manager unless one is named. */
  person(who: string, more: Values = {}): Values {
    const { mapping, people } = this.tools;
    const attributes = mapping.attributes.map((column) => [column, people.mark]);
    const own = { [mapping.name]: people.mark, [mapping.email]: this.email(who) };
    return { ...Object.fromEntries(attributes), ...own, ...more };
  }

  /** The same, with a manager who was made up too. */
  report(who: string, manager: string): Values {
    return this.person(who, { [this.tools.mapping.managerEmail]: this.email(manager) });
  }

  /** Sends records in the form that is known. @throws TrialError when none is */
  upsert(...people: readonly Values[]): Promise<Looked> {
    const keys = this.keys;
    if (keys === null) throw new TrialError("no form of a record is known");
    return this.upsertIn(keys, people);
  }

  upsertIn(keys: ReadonlyMap<string, Place>, people: readonly Values[], more: JsonObject = {}): Promise<Looked> {
    const { mapping, writes } = this.tools;
    const records = people.map((values) => ({
      ...recordOf(Object.entries(values).map(([column, value]) => [keys.get(column) ?? column, value] as const)),
      ...more,
    }));
    return writes.upsert(
      records,
      people.map((values) => values[mapping.email] ?? ""),
    );
  }

  /** Makes sure that somebody is live as given. @throws TrialError */
  async put(...people: readonly Values[]): Promise<void> {
    must(await this.upsert(...people));
  }

  /** Deletes people, of whom nobody reports to another. @throws TrialError */
  async drop(...whos: readonly string[]): Promise<void> {
    must(await this.tools.writes.remove(whos.map((who) => this.email(who))));
  }

  /** Waits until reads must show what was written. */
  async settle(): Promise<void> {
    if (this.lagMs > 0) await sleep(this.lagMs);
  }

  /** Everybody, once reads must show what was written. */
  async live(): Promise<LiveRoster> {
    await this.settle();
    return this.tools.reader.readRoster({ identities: false });
  }

  /** Somebody made up; null when they are not live. */
  async find(who: string): Promise<Developer | null> {
    return (await this.live()).developers.get(this.email(who)) ?? null;
  }

  /** What somebody has in a column; null when they are not live. */
  async valueOf(who: string, column: string): Promise<string | null> {
    const found = await this.find(who);
    if (found === null) return null;
    const { name, managerEmail } = this.tools.mapping;
    if (column === name) return found.name;
    return column === managerEmail ? found.managerEmail : (found.attributes[column] ?? "");
  }

  async identitiesOf(...whos: readonly string[]): Promise<readonly Identity[]> {
    await this.settle();
    return this.tools.reader.readIdentities(whos.map((who) => this.email(who)));
  }

  /** The record of somebody as the list shows it; null when it does not. */
  async raw(who: string): Promise<JsonObject | null> {
    await this.settle();
    const { looker, form } = this.tools;
    const email = this.email(who);
    const looked = await looker.get({ path: "/v2/developers", form, query: [["emails", email]] });
    const records = findRecords(jsonOf(looked))?.records ?? [];
    return records.find((record) => JSON.stringify(record).toLowerCase().includes(`"${email}"`)) ?? null;
  }

  /** The CSV download as text. @throws TrialError */
  async csv(): Promise<string> {
    await this.settle();
    const { looker, form } = this.tools;
    const looked = must(await looker.get({ path: "/v2/developers", form, accept: "text/csv" }));
    return looked.kind === "answer" ? looked.answer.text : "";
  }

  /** Runs a trial. What keeps it from its end is why the assumptions that it did not get to were not tested. */
  async trial(ids: readonly WriteId[], run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (error instanceof InterruptedError) throw error;
      const why = error instanceof Error ? error.message : String(error);
      for (const id of ids) this.tools.note.missed(id, why);
    }
  }

  /** The columns of the mapping that a record may leave out. */
  get columns(): readonly string[] {
    return columnsOf(this.tools.mapping).map(([column]) => column);
  }
}

/** The same answer. @throws TrialError when it was not taken */
export function must(looked: Looked): Looked {
  if (!isTaken(looked)) throw new TrialError(`a write that is needed for it was not taken: ${answerText(looked)}`);
  return looked;
}
