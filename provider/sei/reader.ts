import type { Identity } from "../roster/developer.js";
import type { LiveRoster } from "../roster/live-roster.js";
import type { Target } from "../roster/target.js";

/**
 * Everything that can be asked of the API, and nothing that changes it. Whatever plans holds one of these.
 */
export interface SeiReader {
  readonly target: Target;
  /**
   * Reads the field mapping and every developer, by the JSON list and by the CSV download, and compares the two.
   * With `identities: true` every identity too.
   */
  readRoster(want: { readonly identities: boolean }): Promise<LiveRoster>;
  /** The identities of these developers (keys). */
  readIdentities(emails: readonly string[]): Promise<readonly Identity[]>;
}
