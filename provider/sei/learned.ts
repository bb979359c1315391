import type { Developer } from "../roster/developer.js";
import type { Place } from "./codec/place.js";
import type { PageMemory } from "./paging.js";
import type { MappingForm } from "./shape/mapping-entries.js";
import { nothingKnown, type UpsertKnowledge } from "./upsert-knowledge.js";

/**
 * What one connection has found out about the server it speaks to, where the documents leave a choice. The reader
 * learns most of it, the writer uses it.
 */
export interface Learned {
  /** How the list of developers is paged. */
  readonly pages: PageMemory;
  /** How the identities are. */
  readonly identityPages: PageMemory;
  /** How the schema writes a field mapping down. */
  schemaForm: MappingForm | null;
  /** How the preview of an upload wrote it down, by versionId. */
  readonly previewForms: Map<string, MappingForm>;
  /** Which key of a listed record holds which column. */
  listKeys: ReadonlyMap<string, string> | null;
  /** Where in the record each of these columns stands; null before the first record was seen. */
  listPlaces: ReadonlyMap<string, Place> | null;
  /** By key: addresses that the server does not show in lower case, as it shows them. It may compare them so. */
  readonly addresses: Map<string, string>;
  /** The developers of the last read; null before the first. */
  developers: ReadonlyMap<string, Developer> | null;
  /** What was upserted since. */
  upserted: Map<string, Developer>;
  /** What is known of the form of an upsert. */
  readonly upsert: UpsertKnowledge;
  /** Whether a search for one developer was seen to find them, so that who is not found is not there. */
  developerFilter: "unknown" | "works";
  /** Whether `emails=` filters the identities. */
  identityFilter: "unknown" | "works" | "ignored";
  /** Where the identities of an account of the previous generation can be read. */
  identitySource: "unknown" | "v2" | "v1";
  /** Whether it is settled that a missing path is no matter of the generation. */
  generation: "unknown" | "settled";
}

export function nothingLearned(): Learned {
  return {
    pages: { size: 100, base: 0 },
    identityPages: { size: 100, base: 0 },
    schemaForm: null,
    previewForms: new Map(),
    listKeys: null,
    listPlaces: null,
    addresses: new Map(),
    developers: null,
    upserted: new Map(),
    upsert: nothingKnown(),
    developerFilter: "unknown",
    identityFilter: "unknown",
    identitySource: "unknown",
    generation: "unknown",
  };
}

/** Developers by key, as far as they are known. */
export type KnownDevelopers = Pick<ReadonlyMap<string, Developer>, "get">;

/** The developers as this connection knows them now; a later read does not change what was given out. */
export function knownDevelopers({ developers, upserted }: Learned): KnownDevelopers {
  return { get: (key) => upserted.get(key) ?? developers?.get(key) };
}

/** An address as this server spells it; the key itself for whom it does not know. */
export function addressOf(learned: Learned, key: string): string {
  return learned.addresses.get(key) ?? key;
}

/** Developers with every address as this server spells it, for what is sent. */
export function spelled(learned: Learned, developers: readonly Developer[]): readonly Developer[] {
  if (learned.addresses.size === 0) return developers;
  return developers.map((one) => ({
    ...one,
    email: addressOf(learned, one.email),
    managerEmail: addressOf(learned, one.managerEmail),
  }));
}
