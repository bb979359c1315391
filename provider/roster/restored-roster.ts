import { type DesiredRoster, EMPTY_ROSTER } from "./desired-roster.js";
import type { DesiredDeveloper, Developer, Identity } from "./developer.js";
import { columnKey, type FieldMapping } from "./field-mapping.js";
import type { LiveRoster } from "./live-roster.js";
import { releasedFrom } from "./released-identity.js";
import { strings } from "./strings.js";

/** What was live once. */
export interface OnceLive {
  readonly mapping: FieldMapping;
  readonly developers: readonly Developer[];
  /** null: not known. */
  readonly identities: readonly Identity[] | null;
}

/** A roster that declares what was live once, as far as the API has a way back. */
export interface RestoredRoster {
  readonly desired: DesiredRoster;
  /** What cannot be restored: sentences without people. */
  readonly notes: readonly string[];
}

/**
 * Declares what was live once: every record whole, and every identity that is not live. Columns that came since stay,
 * blank, and identities that came since stay, because the API cannot take either away.
 */
export function restoredRoster(before: OnceLive, now: LiveRoster): RestoredRoster {
  const known = new Set(before.mapping.attributes.map(columnKey));
  const core = new Set([before.mapping.name, before.mapping.email, before.mapping.managerEmail].map(columnKey));
  const since = (now.mapping?.attributes ?? []).filter(
    (column) => !known.has(columnKey(column)) && !core.has(columnKey(column)),
  );
  const identities = lostIdentities((before.identities ?? []).map(withoutMark), now);
  const developers = before.developers.map((developer): DesiredDeveloper => {
    const blank = since.map((column): [string, string] => [column, ""]);
    return {
      ...developer,
      attributes: strings([...Object.entries(developer.attributes), ...blank]),
      identities: identities.toSet.get(developer.email) ?? new Map(),
    };
  });
  return {
    desired: {
      ...EMPTY_ROSTER,
      fields: before.mapping,
      developers: new Map(developers.map((developer) => [developer.email, developer])),
    },
    notes: [
      ...(since.length === 0
        ? []
        : [
            `columns that came since stay, and are blanked, because the API cannot take a column away: ${since.map((column) => JSON.stringify(column)).join(", ")}`,
          ]),
      ...(before.identities === null
        ? ["the backup holds no identities, because what it was made for could not touch any: they stay as they are"]
        : newNotes(identitiesSince(before, now), identities.severalLost)),
    ],
  };
}

function newNotes(since: number, severalLost: number): readonly string[] {
  return [
    ...(since === 0 ? [] : [`${since} identity(ies) that came since stay, because the API cannot unset one`]),
    ...(severalLost === 0
      ? []
      : [`${severalLost} identity(ies) cannot be set now, because one developer had several in one integration`]),
  ];
}

/** A backup that was made between a run that was killed and the next one may hold a mark in place of an identity. */
function withoutMark(one: Identity): Identity {
  return { ...one, identity: releasedFrom(one.identity) ?? one.identity };
}

/** The identities that nobody holds any more who held them, by developer; of several in one integration the first. */
function lostIdentities(before: readonly Identity[], now: LiveRoster) {
  const live = new Set((now.identities ?? []).map(textOf));
  const toSet = new Map<string, Map<number, string>>();
  let severalLost = 0;
  for (const one of before) {
    if (live.has(textOf(one)) && now.developers.has(one.email)) continue;
    const own = toSet.get(one.email) ?? new Map<number, string>();
    if (own.has(one.integrationId)) severalLost += 1;
    else own.set(one.integrationId, one.identity);
    toSet.set(one.email, own);
  }
  return { toSet, severalLost };
}

/** How many of those who stay have an identity in an integration in which they had none. */
function identitiesSince({ developers, identities }: OnceLive, now: LiveRoster): number {
  const staying = new Set(developers.map(({ email }) => email));
  const had = new Set((identities ?? []).map(({ email, integrationId }) => `${integrationId} ${email}`));
  return (now.identities ?? []).filter(
    ({ email, integrationId }) =>
      staying.has(email) && now.developers.has(email) && !had.has(`${integrationId} ${email}`),
  ).length;
}

function textOf({ email, integrationId, identity }: Identity): string {
  return `${integrationId} ${email} ${identity}`;
}
