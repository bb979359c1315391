import { changesOf, type RenameChange } from "../roster/change.js";
import { emailKey } from "../roster/email.js";
import type { Contributor } from "../sei/contributors/contributor.js";
import type { ContributorReader, ContributorWriter } from "../sei/contributors/contributors.js";
import { CancelledError, SeiError } from "../sei/errors.js";
import type { SeiReader } from "../sei/reader.js";
import type { Work } from "./execute.js";

/** The v1 API of the same account. */
export interface Contributors {
  readonly reader: ContributorReader;
  readonly writer: ContributorWriter;
}

/** Somebody who is renamed, and who they are in v1. */
export interface Found {
  readonly rename: RenameChange;
  readonly contributor: Contributor;
}

/** The id of a user of an integration who is nobody's. */
const NOBODY = "0";

/**
 * Whom the v1 API can give a new address: both APIs show one and the same id for the old one, else v1 may be about other
 * people, and nobody has the new one. Nobody where v1 does not answer, or the key is not for it.
 */
export async function findContributors(
  { changes, mapping }: Pick<Work, "changes" | "mapping">,
  reader: SeiReader,
  contributors: ContributorReader,
): Promise<readonly Found[]> {
  const renames = changesOf(changes, "rename").filter(({ isRest }) => isRest !== true);
  if (renames.length === 0) return [];
  try {
    const listed = await contributors.list({
      emails: renames.flatMap(({ email, previousEmail }) => [email, previousEmail]),
    });
    if (listed.length === 0) return [];
    const refIds = await reader.readRefIds(
      renames.map(({ previousEmail }) => previousEmail),
      mapping,
    );
    return renames.flatMap((rename) => {
      const contributor = onlyOne(listed, rename.previousEmail);
      const isFree = listed.every(({ email }) => emailKey(email) !== rename.email);
      const isSame = contributor !== null && refIds.get(rename.previousEmail) === contributor.id;
      return isFree && isSame && contributor.id !== NOBODY ? [{ rename, contributor }] : [];
    });
  } catch (error) {
    if (!(error instanceof SeiError) || error instanceof CancelledError) throw error;
    return [];
  }
}

function onlyOne(listed: readonly Contributor[], key: string): Contributor | null {
  const own = listed.filter(({ email }) => emailKey(email) === key);
  const [one] = own;
  if (one === undefined || own.length > 1) return null;
  return listed.filter(({ id }) => id === one.id).length === 1 ? one : null;
}
