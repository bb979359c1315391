import { backupOf } from "../apply/backup.js";
import { keepBackup } from "../apply/keep-backup.js";
import type { Identity } from "../roster/developer.js";
import type { LiveRoster } from "../roster/live-roster.js";
import { CleanError, messageOf } from "./clean-error.js";
import type { IdentityInputs } from "./inputs.js";
import type { Session } from "./session.js";

/** What has to be known before one identity is set. */
export interface Survey {
  /** At least the developer and whoever holds the identity. */
  readonly live: LiveRoster;
  /** It was read for this very question, not for one before. */
  readonly isFresh: boolean;
  /** Saves what is live, unless that was done. */
  backUp(touched: readonly string[]): Promise<void>;
  /** Takes note of an identity that was set. */
  noteSet(wanted: IdentityInputs): void;
}

/** What else a survey has to be. */
export interface Need {
  /** Read now, not for a question before. */
  readonly fresh?: boolean;
  /** Keys of others whose records and identities are needed too. */
  readonly also?: readonly string[];
}

/** So many are asked for one by one; for more of them everybody is read at once. */
const FEW = 5;
/** A `pulumi up` of many identities reads once; one that goes on for long reads again. */
const FRESH_MS = 30_000;

interface Known {
  live: LiveRoster;
  readonly at: number;
  isBackedUp: boolean;
}

/**
 * Reads who is live and who holds an identity, for one `DeveloperIdentity` after the other: the provider's process
 * serves all of them, and what was read for one serves the next.
 */
export class Surveys {
  #session: Session | null = null;
  #whole: Known | null = null;
  #asked = 0;

  async of(session: Session, wanted: IdentityInputs, need: Need = {}): Promise<Survey> {
    if (this.#session !== session) [this.#session, this.#whole, this.#asked] = [session, null, 0];
    const known = this.#whole;
    // Few are looked at anew each time; of many, what was read a moment ago serves the next.
    const isMany = this.#asked >= FEW;
    if (isMany && need.fresh !== true && known !== null && Date.now() - known.at < FRESH_MS) {
      return surveyOf(session, known, false);
    }
    const { email, integrationId, identity } = wanted;
    this.#asked += 1;
    const people = [...new Set([email, ...(need.also ?? [])])];
    const only = { people, identitiesOf: people, claims: [{ integrationId, identity }] };
    const live = await session.reader.readRoster({ identities: true, ...(this.#asked > FEW ? {} : { only }) });
    const read: Known = { live, at: Date.now(), isBackedUp: known?.isBackedUp === true && live.part !== true };
    if (live.part !== true) this.#whole = read;
    return surveyOf(session, read, true);
  }
}

function surveyOf(session: Session, known: Known, isFresh: boolean): Survey {
  return {
    live: known.live,
    isFresh,
    async backUp(touched) {
      if (known.isBackedUp) return;
      const backup = backupOf(known.live, session.settings.target, new Date());
      // Whoever is named here and has no record here would be taken for one who left.
      const people = [...new Set(touched)].filter((email) => known.live.developers.has(email)).sort();
      const ofSome = known.live.part === true ? ({ version: 2, people } as const) : {};
      try {
        const { file } = await keepBackup({ ...backup, ...ofSome }, undefined);
        console.log(`backup of what is live: ${file} (sei-roster restore FILE plans it back)`);
      } catch (error) {
        throw new CleanError(`nothing was changed: ${messageOf(error)}`);
      }
      known.isBackedUp = true;
    },
    noteSet({ email, integrationId, identity }) {
      const isReplaced = (one: Identity) =>
        one.integrationId === integrationId && (one.email === email || one.identity === identity);
      const rest = (known.live.identities ?? []).filter((one) => !isReplaced(one));
      known.live = { ...known.live, identities: [...rest, { email, integrationId, identity }] };
    },
  };
}
