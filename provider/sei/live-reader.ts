import type { Identity } from "../roster/developer.js";
import type { FieldMapping } from "../roster/field-mapping.js";
import type { Generation } from "../roster/generation.js";
import type { LiveRoster } from "../roster/live-roster.js";
import type { Target } from "../roster/target.js";
import type { Connection } from "./connection.js";
import type { PartWish } from "./part/part-wish.js";
import { readPart } from "./part/read-part.js";
import { covering } from "./previous-identities.js";
import { readAllIdentities, readIdentitiesOf } from "./read-identities.js";
import { readRefIds } from "./read-ref-ids.js";
import { type RosterRead, readRosterOnce } from "./read-roster.js";
import type { SeiReader } from "./reader.js";

/** The reader over HTTP. Holds the connection where no print of the object shows it. */
export class LiveReader implements SeiReader {
  readonly target: Target;
  readonly generation: Generation;
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.target = connection.target;
    this.generation = connection.generation;
    this.#connection = connection;
  }

  /**
   * A mapping of null says "not set up" only together with `completeness.proven`; without it the answers contradict each
   * other, or every one is a 404 that a wrong endpoint would give too.
   */
  async readRoster(want: { readonly identities: boolean; readonly only?: PartWish }): Promise<LiveRoster> {
    const part = want.only === undefined ? null : await readPart(this.#connection, want.only, want);
    if (part !== null) return part;
    const [roster, identities] = await Promise.all([
      this.#settledRoster(),
      want.identities ? readAllIdentities(this.#connection) : null,
    ]);
    if (identities === null) return { ...roster, identities: null };
    // Before the setup nobody can hold one.
    const none = roster.mapping === null && roster.completeness.proven && identities.identities.length === 0;
    const identityCompleteness = none ? ({ proven: true } as const) : covering(identities, roster);
    return { ...roster, identities: identities.identities, identityCompleteness };
  }

  async readIdentities(emails: readonly string[]): Promise<readonly Identity[]> {
    return readIdentitiesOf(this.#connection, emails);
  }

  async readRefIds(emails: readonly string[], mapping: FieldMapping): Promise<ReadonlyMap<string, string>> {
    return readRefIds(this.#connection, emails, mapping);
  }

  /** Reads again while the answers disagree: they may lag, or somebody may have written in between. */
  async #settledRoster(): Promise<RosterRead> {
    let read = await readRosterOnce(this.#connection, false);
    for (const ms of this.#connection.rereadMs) {
      if (read.completeness.proven && read.disputed === undefined) return read;
      await this.#connection.wait(ms);
      read = await readRosterOnce(this.#connection, true);
    }
    return read;
  }
}
