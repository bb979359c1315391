/** An identity that somebody is to get. */
export interface Claim {
  readonly integrationId: number;
  readonly identity: string;
}

/** A part of the account: some people alone. A reader may read everybody instead. */
export interface PartWish {
  /** Keys: they and everybody above them are read. */
  readonly people: readonly string[];
  /** Keys of those whose identities are read too. */
  readonly identitiesOf: readonly string[];
  /** Identities of which it matters who holds them. */
  readonly claims: readonly Claim[];
}
