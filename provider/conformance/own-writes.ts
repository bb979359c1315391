import type { Looked, Trier } from "../sei/look.js";
import { currentRoutes as routes } from "../sei/routes/current.js";
import type { AuthForm } from "../sei/transport/auth.js";
import type { SeiRequest } from "../sei/transport/request.js";
import type { OwnPeople } from "./own-people.js";

/** Somebody wants this to end: nothing more is sent but what takes away what was made. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
  constructor() {
    super("interrupted");
  }
}

/** An identity of somebody who was made up; "" where a blank is tried. */
export interface OwnIdentity {
  readonly email: string;
  readonly integrationId: number;
  readonly identity: string;
}

/** A draft of everybody, which changes nothing until it is approved. */
export interface OwnDraft {
  readonly versionId: string;
}

/** The writes of one run. Each is checked before it is sent: it may only be about the people of the run. */
export class OwnWrites {
  readonly #trier: Trier;
  readonly #form: AuthForm;
  readonly #people: OwnPeople;
  readonly #stop: AbortSignal;
  #isEnding = false;
  readonly #made = new Set<string>();
  readonly #identities = new Map<string, OwnIdentity>();

  constructor(trier: Trier, form: AuthForm, people: OwnPeople, stop: AbortSignal) {
    this.#trier = trier;
    this.#form = form;
    this.#people = people;
    this.#stop = stop;
  }

  /** Everybody who may have been made, as they were spelled. */
  get made(): ReadonlySet<string> {
    return this.#made;
  }

  /** The identities that may have been set, one for each developer and integration. */
  get identities(): readonly OwnIdentity[] {
    return [...this.#identities.values()];
  }

  /** Takes down that people stand in a CSV which may be approved. */
  mayMake(emails: readonly string[]): void {
    this.#mustBeOwn(emails);
    for (const email of emails) this.#made.add(email);
  }

  /** @param records as they are sent; `emails` are those of the people in them */
  upsert(records: readonly unknown[], emails: readonly string[]): Promise<Looked> {
    this.#mustBeOwn(records);
    for (const email of emails) this.#made.add(email);
    return this.#send(routes.upsert(records));
  }

  remove(emails: readonly string[]): Promise<Looked> {
    this.#mustBeOwn(emails);
    return this.#send(routes.remove(emails));
  }

  setIdentities(entries: readonly OwnIdentity[]): Promise<Looked> {
    this.#mustBeOwn(entries);
    for (const one of entries) {
      if (one.identity !== "") this.#identities.set(`${one.email} ${one.integrationId} ${one.identity}`, one);
    }
    return this.#send(routes.setIdentities(entries));
  }

  /** A draft, which changes nobody. */
  reupload(csv: string): Promise<Looked> {
    return this.#send(routes.reupload(csv));
  }

  /** @param draft one whose review says that it changes nobody but the people of this run, or one that does not exist */
  approve(draft: OwnDraft): Promise<Looked> {
    return this.#send(routes.approve(draft.versionId));
  }

  /** From now on requests are sent although somebody wants an end: those that take away what was made. */
  endNow(): void {
    this.#isEnding = true;
  }

  /** @throws InterruptedError */
  async #send(request: SeiRequest): Promise<Looked> {
    if (this.#stop.aborted && !this.#isEnding) throw new InterruptedError();
    return this.#trier.send(request, this.#form);
  }

  /** Every address in it, however deep, must be one of this run. */
  #mustBeOwn(body: unknown): void {
    const addresses = JSON.stringify(body).match(/[^"\s:,]+@[^"\s:,]+/g) ?? [];
    const others = addresses.filter((address) => !this.#people.has(address));
    if (others.length > 0) throw new Error("a write would be about somebody who was not made up for it");
  }
}
