import type { Contributor } from "../../provider/sei/contributors/contributor";
import type { ContributorReader, ContributorWriter } from "../../provider/sei/contributors/contributors";
import { NotFoundError, RefusedError } from "../../provider/sei/errors";
import type { MemorySei } from "./memory-sei";

/**
 * What a v1 API may be: not there; about the same people, with or without the reports following their manager's new
 * address; read-only; taking everything and doing nothing; giving the new address to a new record; forgetting what a
 * record holds besides the name; or taking somebody else away.
 */
export type V1 = "none" | "same" | "following" | "refuses" | "idle" | "newRecord" | "blanks" | "others" | "apart";

/** The v1 API over the same people in memory. */
export class MemoryContributors {
  is: V1 = "none";
  readonly #sei: MemorySei;

  constructor(sei: MemorySei) {
    this.#sei = sei;
  }

  readonly reader: ContributorReader = {
    versions: () => this.#missing(),
    schema: () => this.#missing(),
    licensed: () => this.#missing(),
    list: async ({ emails } = {}) => {
      const sei = this.#sei;
      sei.onRead(sei.reads);
      sei.reads += 1;
      if (this.is === "none") return this.#missing();
      return [...sei.developers.values()]
        .filter(({ email }) => emails?.includes(email) !== false)
        .map(({ email, name }) => this.#contributor(email, name));
    },
  };

  readonly writer: ContributorWriter = {
    update: (contributors) =>
      this.#sei.write(`v1 ${contributors.map(({ email }) => email.split("@")[0]).join(" ")}`, () => {
        for (const one of contributors) this.#update(one);
      }),
  };

  #contributor(email: string, name: string): Contributor {
    const own = this.#sei.identities.filter((one) => one.email === email);
    return {
      id: this.is === "apart" ? `9${this.#sei.idOf(email)}` : this.#sei.idOf(email),
      orgUuid: null,
      fullName: name,
      email,
      integrationUsers: own.map(({ integrationId, identity }) => ({
        integrationId: String(integrationId),
        userId: identity,
      })),
      additionalFields: {},
      version: "1",
      createdAt: null,
      updatedAt: null,
      raw: {},
    };
  }

  /** Does not look at managers: what a PUT leaves behind, v2 may refuse from then on. */
  #update(one: Contributor): void {
    const sei = this.#sei;
    if (this.is === "refuses") throw new RefusedError({ ...CALL, status: 403, said: "read only", reads: false });
    if (this.is === "idle") return;
    const previous = [...sei.ids].find(([email, id]) => id === one.id && sei.developers.has(email))?.[0] ?? "";
    const record = sei.developers.get(previous);
    if (record === undefined) throw new NotFoundError({ ...CALL, status: 404, said: "", reads: false });
    const next = new Map(sei.developers);
    const renamed = { ...record, email: one.email };
    next.set(
      one.email,
      this.is === "blanks" ? { ...renamed, managerEmail: "", attributes: blank(record.attributes) } : renamed,
    );
    if (this.is !== "newRecord") next.delete(previous);
    if (this.is === "following") {
      for (const other of [...next.values()])
        if (other.managerEmail === previous) next.set(other.email, { ...other, managerEmail: one.email });
    }
    if (this.is === "others") {
      const leaf = [...next.keys()].find((email) => email !== one.email && isNobodysManager(email, next));
      next.delete(leaf ?? "");
    }
    sei.developers = next;
    if (this.is === "newRecord") return;
    sei.ids.delete(previous);
    sei.ids.set(one.email, one.id);
    sei.identities = sei.identities.map((held) => (held.email === previous ? { ...held, email: one.email } : held));
  }

  #missing(): Promise<never> {
    return Promise.reject(new NotFoundError({ ...CALL, status: 404, said: "", reads: true }));
  }
}

const CALL = { call: { method: "PUT", path: "/v1/org/users" } } as const;

function blank(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.keys(values).map((column) => [column, ""]));
}

function isNobodysManager(email: string, people: ReadonlyMap<string, { readonly managerEmail: string }>): boolean {
  return [...people.values()].every(({ managerEmail }) => managerEmail !== email);
}
