import type { Identity } from "../roster/developer.js";
import type { FieldMapping } from "../roster/field-mapping.js";
import type { Generation } from "../roster/generation.js";
import type { LiveRoster } from "../roster/live-roster.js";
import type { Target } from "../roster/target.js";
import type { PartWish } from "./part/part-wish.js";

/**
 * Everything that can be asked of the API, and nothing that changes it. Whatever plans holds one of these.
 */
export interface SeiReader {
  readonly target: Target;
  /** Which endpoints it reads. Left out: v2. */
  readonly generation?: Generation;
  /**
   * Reads the field mapping and every developer, by the JSON list and by the CSV download, and compares the two.
   * With `identities: true` every identity too. With `only` some people alone, where the API lets them be read alone;
   * otherwise everybody, and then the roster is no `part`.
   */
  readRoster(want: { readonly identities: boolean; readonly only?: PartWish }): Promise<LiveRoster>;
  /**
   * The identities of these developers (keys).
   *
   * @throws IdentitiesUnavailableError when no request here reads them: only in the previous generation
   */
  readIdentities(emails: readonly string[]): Promise<readonly Identity[]>;
  /**
   * The server's own number of these developers (`developerRefId`), as text, by key. It survives a change of the address
   * where the API can change one. Who is not live, or has none, is left out.
   */
  readRefIds(emails: readonly string[], mapping: FieldMapping): Promise<ReadonlyMap<string, string>>;
}
