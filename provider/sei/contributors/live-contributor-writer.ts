import { emailKey } from "../../roster/email.js";
import { inBatches } from "../batches.js";
import type { Connection } from "../connection.js";
import { ContributorNotFoundError, ContributorsMissingError } from "../errors/contributor-errors.js";
import { callOf, hasStatus, SeiError } from "../errors/sei-error.js";
import { CancelledError, UncertainWriteError } from "../errors/transport-errors.js";
import type { Contributor } from "./contributor.js";
import { contributorFrom, isOwnId } from "./contributor-record.js";
import type { ContributorReader, ContributorWriter } from "./contributors.js";
import { unreadable } from "./page.js";
import { askUpdate, contentOf, saysTaken } from "./update.js";

/** How an account without v1 answers a write; a 404 is of an id, and a 401 of the key. */
const MISSING = new Set([405, 410, 412, 501]);
const NOT_FOUND = new Set([404]);

/** The writer of the v1 API over HTTP. One request at a time, in the order of the calls. */
export class LiveContributorWriter implements ContributorWriter {
  readonly #connection: Connection;
  readonly #reader: ContributorReader;
  #last: Promise<unknown> = Promise.resolve();

  constructor(connection: Connection, reader: ContributorReader) {
    this.#connection = connection;
    this.#reader = reader;
  }

  /**
   * @throws ContributorNotFoundError for a 404; UncertainWriteError when a list does not say either what became of it;
   * PartialWriteError when some were taken before the failure
   */
  update(contributors: readonly Contributor[]): Promise<void> {
    const run = this.#last.then(async () => {
      mustBeOneEach(contributors);
      await inBatches(contributors, (batch) => this.#send(batch));
    });
    this.#last = run.catch(() => undefined);
    return run;
  }

  /** Sends once; and where nobody knows whether that was done, looks, and sends once more what surely was not. */
  async #send(batch: readonly Contributor[]): Promise<void> {
    const doubt = await this.#try(batch);
    if (doubt === null) return;
    const rest = await this.#notDone(batch, doubt);
    if (rest.length === 0) return;
    let again: UncertainWriteError | null;
    try {
      again = await this.#try(rest);
    } catch (error) {
      // The first time is still in doubt: it may only be late.
      throw error instanceof CancelledError ? doubt : error;
    }
    if (again !== null && (await this.#notDone(rest, again)).length > 0) throw again;
  }

  /** null: done. */
  async #try(batch: readonly Contributor[]): Promise<UncertainWriteError | null> {
    const request = askUpdate(batch);
    try {
      const answer = await this.#connection.call(request);
      if (saysTaken(answer)) return null;
      const odd = unreadable(answer, "that does not say whether it was done", answer.json ?? answer.text);
      return new UncertainWriteError(answer.call, odd);
    } catch (error) {
      if (hasStatus(error, NOT_FOUND)) throw new ContributorNotFoundError(callOf(request), error);
      if (hasStatus(error, MISSING)) throw new ContributorsMissingError(callOf(request), error);
      if (error instanceof UncertainWriteError) return error;
      throw error;
    }
  }

  /**
   * Who is listed as they were before, for as long as answers may lag.
   *
   * @throws UncertainWriteError when somebody is listed in a third way, or no list comes
   */
  async #notDone(batch: readonly Contributor[], doubt: UncertainWriteError): Promise<readonly Contributor[]> {
    const { rereadMs, wait } = this.#connection;
    let rest = await this.#asBefore(batch, doubt);
    for (const ms of rereadMs) {
      if (rest.length === 0) break;
      await wait(ms);
      rest = await this.#asBefore(rest, doubt);
    }
    return rest;
  }

  async #asBefore(batch: readonly Contributor[], doubt: UncertainWriteError): Promise<readonly Contributor[]> {
    const listed = await this.#reader.list().catch((error: unknown) => {
      throw error instanceof SeiError ? doubt : error;
    });
    const now = new Map(listed.map((one) => [one.id, contentOf(one)]));
    return batch.filter((contributor) => {
      const content = now.get(contributor.id);
      if (content === contentOf(contributor)) return false;
      const before = contributorFrom(contributor.raw);
      if (before === null || content !== contentOf(before)) throw doubt;
      return true;
    });
  }
}

/** What v1 would take in a way that nobody means: the second record with one email is dropped without a word. */
function mustBeOneEach(contributors: readonly Contributor[]): void {
  const ids = new Set<string>();
  const emails = new Set<string>();
  for (const { id, email } of contributors) {
    if (!isOwnId(id))
      throw new SeiError("A contributor without an id of their own cannot be updated: nothing was sent.");
    if (emailKey(email) === "") throw new SeiError(`The contributor ${id} would lose the email: nothing was sent.`);
    if (ids.has(id)) throw new SeiError(`The contributor ${id} is given twice: nothing was sent.`);
    if (emails.has(emailKey(email))) {
      throw new SeiError(`The contributor ${id} would have the email of another one of these: nothing was sent.`);
    }
    ids.add(id);
    emails.add(emailKey(email));
  }
}
