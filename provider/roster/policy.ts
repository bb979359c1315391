/**
 * What happens to a developer who is live and not declared. `none`: nobody is deleted. `managed`: only who an earlier
 * apply of this roster declared. `all`: everybody who is not declared.
 */
export type Prune = "none" | "managed" | "all";

/** How a plan is carried out. `auto`: upsert, unless everything is ours and a re-upload takes fewer requests. */
export type Strategy = "auto" | "upsert" | "reupload";

/** A limit: a count of people, or a share of the live developers that this roster owns, such as "10%". */
export type Limit = number | `${number}%`;

/** The limits as a user writes them. What is left out has a default, which is on. */
export interface GuardSettings {
  /** Developers deleted. Default: the larger of 3 and 10 %. */
  readonly maxDelete?: Limit;
  /** Developers updated. Default: the larger of 10 and 30 %. */
  readonly maxUpdate?: Limit;
  /** Developers of whom a value becomes blank. Default: the larger of 10 and 30 %. */
  readonly maxBlank?: Limit;
  /** Developers who get another manager, or none. Default: the larger of 10 and 30 %. */
  readonly maxManagerChange?: Limit;
  /** Identities that go from one developer to another. Default: the larger of 10 and 30 %. */
  readonly maxIdentityMove?: Limit;
  /** Fewer live developers than this after the apply are refused. Default: 1. */
  readonly minDevelopers?: number;
  /** People who are never deleted. */
  readonly protect?: readonly string[];
}
