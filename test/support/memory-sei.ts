import type { Developer, Identity } from "../../provider/roster/developer";
import type { FieldMapping } from "../../provider/roster/field-mapping";
import type { LiveRoster } from "../../provider/roster/live-roster";
import { ConflictError, UncertainWriteError } from "../../provider/sei/errors";
import type { SeiReader } from "../../provider/sei/reader";
import type { Draft, Review, SeiWriter } from "../../provider/sei/writer";
import { MemoryContributors } from "./memory-contributors";

/** What goes wrong with one write: before it took effect, or after it did, or with a clear refusal. */
export type Trouble = "lost before" | "lost after" | "refused";

/**
 * The two ports over a map in memory, with the documented rules: a write is all or nothing, every manager must be on
 * the roster after it, and nobody may report to themselves in a circle. For tests of what is above the ports.
 */
export class MemorySei implements SeiReader, SeiWriter {
  readonly target = { endpoint: "http://127.0.0.1:1/sei/api", account: "" };
  mapping: FieldMapping | null = null;
  developers = new Map<string, Developer>();
  identities: Identity[] = [];
  /** Every write that was received, in order. */
  readonly writes: string[] = [];
  reads = 0;
  /** Largest batch that the writer sends at once. */
  batch = 2;
  /** The same for identities. */
  identityBatch = 1_000;
  /** Trouble by the number of the write, from 0. */
  trouble = new Map<number, Trouble>();
  /** Called before a read or write is served. */
  onRead: (count: number) => void = () => {};
  /** What becomes of an identity that somebody else holds, when it is set. */
  claimed: "move" | "conflict" | "share" = "move";
  /** Whether the identities of somebody who is deleted go too; else the account keeps them for nobody. */
  deleteDropsIdentities = true;
  /** Several identities of one developer in one integration. */
  severalIdentities = false;
  /** Called before a write takes effect, and after it did. */
  onWrite: (when: "before" | "after", what: string) => void = () => {};
  reviewSays: (review: Review) => Review = (review) => review;
  readonly ids = new Map<string, string>();
  /** The v1 API of this account. */
  readonly contributors = new MemoryContributors(this);
  #lastId = 0;
  #drafts = new Map<string, readonly Developer[]>();

  async readRoster(): Promise<LiveRoster> {
    this.onRead(this.reads);
    this.reads += 1;
    return {
      mapping: this.mapping,
      developers: new Map(this.developers),
      identities: [...this.identities],
      completeness: { proven: true, count: this.developers.size },
    };
  }

  async readIdentities(emails: readonly string[]): Promise<readonly Identity[]> {
    return this.identities.filter(({ email }) => emails.includes(email));
  }

  async readRefIds(emails: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return new Map(emails.filter((email) => this.developers.has(email)).map((email) => [email, this.idOf(email)]));
  }

  /** The number of a record: it stays as long as the record does. */
  idOf(email: string): string {
    for (const gone of this.ids.keys()) if (!this.developers.has(gone)) this.ids.delete(gone);
    const known = this.ids.get(email);
    if (known !== undefined) return known;
    this.#lastId += 1;
    this.ids.set(email, String(this.#lastId));
    return String(this.#lastId);
  }

  /** One write of whoever shares this account. */
  async write<T>(what: string, effect: () => T): Promise<T> {
    return this.#write(what, effect);
  }

  async upload(developers: readonly Developer[]): Promise<Draft> {
    return this.#write("upload", () => this.#draft(developers));
  }

  async saveFieldMapping({ versionId }: Draft, mapping: FieldMapping): Promise<void> {
    await this.#write("save", () => {
      this.#replace(versionId);
      this.mapping = mapping;
    });
  }

  async reupload(developers: readonly Developer[]): Promise<Review> {
    return this.#write("reupload", () => {
      const next = new Map(developers.map((one) => [one.email, one]));
      const removed = [...this.developers.keys()].filter((email) => !next.has(email));
      const updated = developers.filter((one) => {
        const was = this.developers.get(one.email);
        return was !== undefined && JSON.stringify(was) !== JSON.stringify(one);
      });
      const added = developers.filter(({ email }) => !this.developers.has(email)).length;
      const counts = { added, updated: updated.length, removed: removed.length, removedEmails: removed };
      return this.reviewSays({ ...this.#draft(developers), ...counts });
    });
  }

  async approve({ versionId }: Draft): Promise<void> {
    await this.#write("approve", () => this.#replace(versionId));
  }

  async upsert(developers: readonly Developer[]): Promise<void> {
    for (const batch of this.#batches(developers)) {
      await this.#write(`upsert ${batch.map(({ email }) => email.split("@")[0]).join(" ")}`, () => {
        const next = new Map(this.developers);
        for (const one of batch) next.set(one.email, one);
        this.#commit(next);
      });
    }
  }

  async deleteDevelopers(emails: readonly string[]): Promise<void> {
    for (const batch of this.#batches(emails)) {
      await this.#write(`delete ${batch.map((email) => email.split("@")[0]).join(" ")}`, () => {
        const next = new Map(this.developers);
        for (const email of batch) next.delete(email);
        this.#commit(next);
        if (this.deleteDropsIdentities) this.identities = this.identities.filter(({ email }) => next.has(email));
      });
    }
  }

  async setIdentities(identities: readonly Identity[]): Promise<void> {
    for (const batch of this.#batches(identities, this.identityBatch)) await this.#setIdentities(batch);
  }

  async #setIdentities(identities: readonly Identity[]): Promise<void> {
    await this.#write("identities", () => {
      let next = this.identities;
      for (const one of identities) {
        if (!this.developers.has(one.email)) throw new Error("no such developer");
        const replaces = (other: Identity) =>
          other.email === one.email && (!this.severalIdentities || other.identity === one.identity);
        next = next.filter((other) => other.integrationId !== one.integrationId || !replaces(other));
        next = [...next, one];
      }
      // Looked at when all are placed, so that a swap is no conflict.
      const isClaimed = (other: Identity) =>
        identities.some(
          (one) =>
            one.integrationId === other.integrationId && one.identity === other.identity && one.email !== other.email,
        );
      if (this.claimed === "conflict" && next.some((one) => isClaimed(one) && this.developers.has(one.email))) {
        const call = { method: "PATCH", path: "/v2/developers/identities" };
        throw new ConflictError({ call, status: 409, said: "", reads: false });
      }
      this.identities = this.claimed === "share" ? next : next.filter((one) => !isClaimed(one));
    });
  }

  async #write<T>(what: string, effect: () => T): Promise<T> {
    const trouble = this.trouble.get(this.writes.length);
    this.writes.push(what);
    if (trouble === "refused") throw new Error("the API said no");
    const lost = new UncertainWriteError(
      { method: "PATCH", path: "/v2/developers" } as never,
      new Error("connection reset") as never,
    );
    if (trouble === "lost before") throw lost;
    this.onWrite("before", what);
    const result = effect();
    this.onWrite("after", what);
    if (trouble === "lost after") throw lost;
    return result;
  }

  #draft(developers: readonly Developer[]): Draft {
    const versionId = String(this.#drafts.size + 1);
    this.#drafts.set(versionId, developers);
    return { versionId };
  }

  #replace(versionId: string): void {
    const next = this.#drafts.get(versionId);
    if (next === undefined) throw new Error("no such version");
    this.#commit(new Map(next.map((one) => [one.email, one])));
  }

  #commit(next: Map<string, Developer>): void {
    for (const { managerEmail } of next.values()) {
      if (managerEmail !== "" && !next.has(managerEmail)) throw new Error("MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS");
    }
    for (const start of next.keys()) {
      const seen = new Set<string>();
      for (let at: string | undefined = start; at !== undefined && at !== ""; at = next.get(at)?.managerEmail) {
        if (seen.has(at)) throw new Error("CIRCULAR_REFERENCE");
        seen.add(at);
      }
    }
    this.developers = next;
  }

  #batches<T>(items: readonly T[], size = this.batch): readonly (readonly T[])[] {
    const starts = Array.from({ length: Math.ceil(items.length / size) }, (_, index) => index * size);
    return starts.map((start) => items.slice(start, start + size));
  }
}
