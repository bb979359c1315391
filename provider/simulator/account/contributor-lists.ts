import type { Account } from "./account.js";
import type { Store } from "./store.js";

/** So many versions can be listed with `?version=`; of older ones, and of those before a restart, only the number is known. */
const KEPT = 10;

/**
 * The contributors of v1, version by version. A version is what one write to the people left: of whichever generation, where
 * v1 and v2 speak of the same people.
 */
export class ContributorLists {
  private readonly versions = new Map<number, Account>();

  constructor(readonly store: Store) {
    this.keep(store.current);
    store.onChange = (account) => this.keep(account);
  }

  /** The list in force as readers see it. */
  get visible(): Account {
    return this.store.visible;
  }

  /** The list as a version left it; null for one that is not kept, or not there yet. */
  at(version: number): Account | null {
    const visible = this.visible;
    if (version === visible.revision) return visible;
    return version > visible.revision ? null : (this.versions.get(version) ?? null);
  }

  /** The lists before the one in force that are kept, newest first. */
  past(): readonly Account[] {
    const { revision } = this.store.current;
    return [...this.versions.values()].filter((account) => account.revision < revision).reverse();
  }

  private keep(account: Account): void {
    // Setting what is there already keeps its place: versions only ever grow.
    if (account.revision > 0) this.versions.set(account.revision, account);
    for (const version of this.versions.keys()) {
      if (this.versions.size <= KEPT) break;
      this.versions.delete(version);
    }
  }
}

/** When a version was made: a simulated clock, of one minute for each, from the time of the documented example on. */
export function timeOfVersion(version: number): number {
  return 1_710_153_327_501 + version * 60_000;
}
