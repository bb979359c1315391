import { type Change, changesOf, type SetIdentityChange } from "./change.js";
import type { DesiredRoster } from "./desired-roster.js";
import { byText } from "./strings.js";
import { passed, type Verdict } from "./verdict.js";

const NAME = "applicationType";
const LIMIT = "the previous generation of the API writes identities by applicationType, one integration of each";

/**
 * In the previous generation an identity names no integration, only its kind. So the kind must be declared, and of two
 * integrations of one kind the API could not tell which is meant.
 */
export function judgeApplicationTypes(changes: readonly Change[], desired: DesiredRoster): Verdict {
  const set = changesOf(changes, "setIdentity");
  const types = desired.applicationTypes ?? new Map<number, string>();
  const untyped = set.filter(({ integrationId }) => !types.has(integrationId));
  const shared = sharedTypes(set, desired, types);
  const ofShared = set.filter(({ integrationId }) => shared.has(types.get(integrationId) ?? ""));
  if (untyped.length === 0 && ofShared.length === 0) return passed(NAME, LIMIT, set.length);
  const ids = idsOf(untyped);
  const reasons = [
    ...(untyped.length === 0
      ? []
      : [`${identities(untyped)} cannot be written: no applicationType is declared for ${integrations(ids)}`]),
    ...[...shared].map(
      ([type, ofType]) => `${integrations(ofType)} are both ${type}, and the API cannot tell whose an identity is`,
    ),
  ];
  const example = ids.map((id) => `<name>: { id: ${id}, applicationType: GITHUB }`).join(", ");
  const hints = [
    ...(untyped.length === 0
      ? []
      : [`write integrations: { ${example} }, with the application that each is, in place of the number alone`]),
    ...(shared.size === 0
      ? []
      : ["keep the identities of one of them in the roster, and set the others' in the web application"]),
  ];
  return {
    name: NAME,
    limit: LIMIT,
    actual: untyped.length + ofShared.length,
    verdict: "refused",
    reason: reasons.join("; "),
    hint: hints.join("; "),
    people: [...new Set([...untyped, ...ofShared].map(({ email }) => email))].sort(byText),
  };
}

/** The types of which something is to be written, and of which identities of several integrations are declared. */
function sharedTypes(
  set: readonly SetIdentityChange[],
  { developers }: DesiredRoster,
  types: ReadonlyMap<number, string>,
): ReadonlyMap<string, readonly number[]> {
  const used = new Set(set.map(({ integrationId }) => integrationId));
  const written = new Set([...used].map((id) => types.get(id)));
  for (const { identities: own } of developers.values()) for (const id of own.keys()) used.add(id);
  const byType = new Map<string, number[]>();
  for (const id of [...used].sort((a, b) => a - b)) {
    const type = types.get(id);
    if (type !== undefined && written.has(type)) byType.set(type, [...(byType.get(type) ?? []), id]);
  }
  return new Map([...byType].filter(([, ids]) => ids.length > 1).sort(([a], [b]) => byText(a, b)));
}

function idsOf(set: readonly SetIdentityChange[]): readonly number[] {
  return [...new Set(set.map(({ integrationId }) => integrationId))].sort((a, b) => a - b);
}

function identities({ length }: readonly SetIdentityChange[]): string {
  return `${length} identit${length === 1 ? "y" : "ies"}`;
}

function integrations(ids: readonly number[]): string {
  return ids.length === 1 ? `integration ${ids[0]}` : `the integrations ${ids.join(" and ")}`;
}
