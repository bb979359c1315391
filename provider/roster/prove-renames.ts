import type { Developer } from "./developer.js";
import { rowOf } from "./diff-developer.js";
import { claimedIdentities, type IdentityDiff, managedIdentities } from "./diff-identities.js";
import type { FieldMapping } from "./field-mapping.js";
import { keyOf } from "./held-identities.js";
import type { BothLive, Renames } from "./resolve-renames.js";

/** A rename that is not carried out, and why. */
export type UnsafeRename =
  | (BothLive & {
      /** The new address is live too, and nothing says that both are one person. */
      readonly kind: "bothLive";
      /** What deleting the old record would lose: so many identities, column values, and whether people report to it. */
      readonly identities: number;
      readonly values: number;
      readonly hasReports: boolean;
    })
  | {
      /** The new address is not live, and several previous ones are. */
      readonly kind: "severalLive";
      readonly email: string;
      readonly previousEmails: readonly string[];
    };

/** The renames that lose nothing, and the others. */
export interface ProvenRenames {
  readonly rest: readonly BothLive[];
  readonly unsafe: readonly UnsafeRename[];
}

/** What a loss is looked for in. */
export interface Evidence {
  readonly mapping: FieldMapping;
  readonly identities: IdentityDiff;
  /** The record that a declared developer should have. */
  readonly recordOf: (email: string) => Developer | undefined;
  /** The record that is live under an old address, whose manager has followed a rename. */
  readonly oldRecord: (previousEmail: string) => Developer | undefined;
  /** Whether an exception says that this record may be deleted. */
  readonly isExcused: (previousEmail: string) => boolean;
  /** The keys of everybody to whom somebody reports who stays. */
  readonly bosses: ReadonlySet<string>;
}

/**
 * Decides about people who are live under two addresses. The journal proves that they are one; without it the old
 * record goes only when nothing goes with it: every value of it stands in the new one. Two people of a similar address
 * are told apart by that. An exception that names the old record lets its values go, but no identity and no report.
 */
export function proveRenames(renames: Renames, evidence: Evidence): ProvenRenames {
  const rest = [...renames.rest];
  const unsafe: UnsafeRename[] = [];
  const claimed = renames.unproven.length === 0 ? new Set<string>() : claimedIdentities(evidence.identities);
  for (const both of renames.unproven) {
    const loss = lossOf(both, evidence, claimed);
    const values = evidence.isExcused(both.previousEmail) ? 0 : loss.values;
    if (loss.identities === 0 && values === 0 && !loss.hasReports) rest.push(both);
    else unsafe.push({ kind: "bothLive", ...both, ...loss });
  }
  for (const one of renames.several) unsafe.push({ kind: "severalLive", ...one });
  return { rest, unsafe };
}

function lossOf({ email, previousEmail }: BothLive, evidence: Evidence, claimed: ReadonlySet<string>) {
  const { mapping, identities, recordOf, oldRecord, bosses } = evidence;
  const { held } = identities;
  const wanted = managedIdentities(email, identities);
  const lost = held
    .all(previousEmail)
    .filter(
      ({ integrationId, identity }) =>
        !wanted.has(integrationId) &&
        !claimed.has(keyOf(integrationId, identity)) &&
        !held.of(email, integrationId).includes(identity),
    );
  return {
    identities: lost.length,
    values: valuesLost(oldRecord(previousEmail), recordOf(email), mapping),
    hasReports: bosses.has(previousEmail),
  };
}

/** How many columns have a value in the old record and another, or none, in the new one. */
function valuesLost(before: Developer | undefined, after: Developer | undefined, mapping: FieldMapping): number {
  if (before === undefined || after === undefined) return 0;
  const row = rowOf(after, mapping);
  return Object.entries(rowOf(before, mapping)).filter(
    ([column, value]) => column !== mapping.email && value !== "" && row[column] !== value,
  ).length;
}
