import type { Identity } from "../roster/developer.js";
import type { LiveRoster } from "../roster/live-roster.js";
import type { Target } from "../roster/target.js";
import type { Connection } from "./connection.js";
import { readAllIdentities, readIdentitiesOf } from "./read-identities.js";
import { type RosterRead, readRosterOnce } from "./read-roster.js";
import type { SeiReader } from "./reader.js";

/** The reader over HTTP. Holds the connection where no print of the object shows it. */
export class LiveReader implements SeiReader {
  readonly target: Target;
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.target = connection.target;
    this.#connection = connection;
  }

  /**
   * A mapping of null says "not set up" only together with `completeness.proven`; without it the answers contradict each
   * other, or every one is a 404 that a wrong endpoint would give too.
   */
  async readRoster(want: { readonly identities: boolean }): Promise<LiveRoster> {
    const [roster, identities] = await Promise.all([
      this.#settledRoster(),
      want.identities ? readAllIdentities(this.#connection) : null,
    ]);
    if (identities === null) return { ...roster, identities: null };
    // Before the setup nobody can hold one.
    const none = roster.mapping === null && roster.completeness.proven && identities.identities.length === 0;
    const identityCompleteness = none ? ({ proven: true } as const) : identities.completeness;
    return { ...roster, identities: identities.identities, identityCompleteness };
  }

  async readIdentities(emails: readonly string[]): Promise<readonly Identity[]> {
    return readIdentitiesOf(this.#connection, emails);
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
