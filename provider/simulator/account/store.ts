import { type Account, EMPTY_ACCOUNT } from "./account.js";
import { succeeds } from "./ordered.js";

/** Where an account outlives the process. */
export interface Persistence {
  /** The stored account; null when there is none yet. */
  load(): Promise<Account | null>;
  /** Replaces what is stored, at once and completely, or fails and changes nothing. */
  save(next: Account, before: Account): Promise<void>;
  /** Lets others have the place where it is stored. */
  close(): Promise<void>;
}

const NOWHERE: Persistence = { load: async () => null, save: async () => {}, close: async () => {} };

/** What a write decided: the next account (null when nothing changes) and what to answer. */
export interface Decision<T> {
  readonly next: Account | null;
  readonly answer: T;
}

/**
 * Holds the account. Writes are decided one after another, each on the outcome of the one before, and are stored
 * before they are answered; a decision that throws changes nothing.
 */
export class Store {
  /** Accounts that readers may still see, oldest first, each with the time until which it is the newest. */
  private past: { readonly account: Account; readonly until: number }[] = [];
  private queue: Promise<unknown> = Promise.resolve();
  /** Told of every account that a write made, when it is stored. */
  onChange: ((account: Account) => void) | null = null;

  private constructor(
    private account: Account,
    private readonly persistence: Persistence,
    private readonly readDelayMs: number,
  ) {}

  static async open(readDelayMs: number, persistence: Persistence = NOWHERE): Promise<Store> {
    return new Store((await persistence.load()) ?? EMPTY_ACCOUNT, persistence, readDelayMs);
  }

  /** The account as the last write left it. */
  get current(): Account {
    return this.account;
  }

  /** The account as readers see it: in a dialect with a delay, as it was that long ago. */
  get visible(): Account {
    const then = Date.now() - this.readDelayMs;
    this.past = this.past.filter(({ until }) => until > then);
    return this.past[0]?.account ?? this.account;
  }

  change<T>(decide: (account: Account) => Decision<T>): Promise<T> {
    const done = this.queue.then(async () => {
      const before = this.account;
      const { next, answer } = decide(before);
      if (next === null) return answer;
      succeeds(next.developers, before.developers);
      await this.persistence.save(next, before);
      this.account = next;
      this.onChange?.(next);
      if (this.readDelayMs > 0) this.past.push({ account: before, until: Date.now() });
      return answer;
    });
    this.queue = done.catch(() => {});
    return done;
  }

  /** Ends when all writes so far are stored. */
  async idle(): Promise<void> {
    await this.queue;
  }

  /** Gives up the place where the account is stored, after the writes so far; there must be none after them. */
  async close(): Promise<void> {
    await this.queue;
    await this.persistence.close();
  }
}
