import { canonicalJson } from "../roster/checksum.js";
import type { LiveRoster } from "../roster/live-roster.js";

/** Somebody else wrote between our read and our write. */
export class LiveChangedError extends Error {
  override readonly name = "LiveChangedError";
  constructor() {
    super("the live roster changed while this plan was being applied, so nothing was replaced. Plan again");
  }
}

/** Whether two reads saw the same developers under the same mapping. */
export function sameLive(a: LiveRoster, b: LiveRoster): boolean {
  return fingerprint(a) === fingerprint(b);
}

function fingerprint({ mapping, developers }: LiveRoster): string {
  return canonicalJson({ mapping, developers: Object.fromEntries(developers) });
}
