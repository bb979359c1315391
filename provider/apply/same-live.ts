import { canonicalJson } from "../roster/checksum.js";
import type { LiveRoster } from "../roster/live-roster.js";

/** Somebody else wrote between our read and our write. */
export class LiveChangedError extends Error {
  override readonly name = "LiveChangedError";
  constructor(what = "so nothing was replaced") {
    super(`the live roster changed while this plan was being applied, ${what}. Plan again`);
  }
}

/**
 * Whether nobody of these was touched between two reads. Who is gone was: they have left already, and need not be
 * deleted by us. A read that lags shows the older record, which is no change.
 */
export function untouched(emails: readonly string[], before: LiveRoster, now: LiveRoster): boolean {
  return emails.every((email) => {
    const record = now.developers.get(email);
    return record === undefined || canonicalJson(record) === canonicalJson(before.developers.get(email));
  });
}

/** Whether two reads saw the same developers under the same mapping. */
export function sameLive(a: LiveRoster, b: LiveRoster): boolean {
  return fingerprint(a) === fingerprint(b);
}

function fingerprint({ mapping, developers }: LiveRoster): string {
  return canonicalJson({ mapping, developers: Object.fromEntries(developers) });
}
