import { renameJournal } from "../apply/rename-journal.js";
import { developerLines, mappingLines } from "../report/developer-lines.js";
import { showEmail } from "../report/people.js";
import { summaryOf } from "../report/summary.js";
import type { Developer } from "../roster/developer.js";
import { identitiesByEmail } from "../roster/identities-by-email.js";
import type { LiveRoster } from "../roster/live-roster.js";
import { needsIdentities } from "../roster/needs-identities.js";
import { plan } from "../roster/plan.js";
import { unprovenPart } from "../roster/unproven.js";
import { CleanError } from "./clean-error.js";
import type { RosterOutputs } from "./inputs.js";
import { emailDigest, entriesOf, isAsDeclared, managedAmong } from "./managed.js";
import { type ReadingSession, storedRoster } from "./plan-roster.js";

/** What live looks like next to the last apply. null: the account is proven not to be set up, so the roster is gone. */
export interface Drift {
  /** In counts; "" for none. */
  readonly summary: string;
  /** A line per developer, for the diagnostics. */
  readonly lines: readonly string[];
}

/**
 * Compares live with what was last applied. With the roster's file on this machine everybody is named; on another
 * machine the digests of the state tell who changed, and how many are gone.
 *
 * @throws CleanError when the live read is not proven to be complete.
 */
export async function readDrift(session: ReadingSession, state: RosterOutputs): Promise<Drift | null> {
  const stored = await storedRoster(state.fingerprint);
  const journal = await renameJournal(session.settings.target).entries();
  const wantsIdentities =
    stored === null
      ? state.managed.fieldSets.flat().some((field) => field.startsWith("#"))
      : needsIdentities(stored, journal);
  const live = await session.reader.readRoster({ identities: wantsIdentities });
  const unproven = unprovenPart(live);
  if (unproven !== null) throw new CleanError(unproven.reason);
  if (live.mapping === null) return null;
  if (stored === null) return driftByDigest(session, state, live);
  const { people, target } = session.settings;
  const { prune, strategy } = state;
  const managed = managedAmong(state.managed, live.developers.keys());
  const { changes } = plan(stored, live, { target, prune, strategy, guards: {}, managed, journal });
  return {
    summary:
      changes.length === 0 ? "" : `live differs from the last apply: ${summaryOf(changes)} to make it equal again`,
    lines: [...mappingLines(changes), ...(people === "none" ? [] : developerLines(changes, people))],
  };
}

function driftByDigest(session: ReadingSession, state: RosterOutputs, live: LiveRoster): Drift {
  const { people } = session.settings;
  const { mapping } = live;
  if (mapping === null) return { summary: "", lines: [] };
  const { salt } = state.managed;
  const entries = new Map(entriesOf(state.managed));
  const identities = identitiesByEmail(live.identities ?? []);
  const changed: Developer[] = [];
  const undeclared: Developer[] = [];
  for (const developer of live.developers.values()) {
    const digest = emailDigest(salt, developer.email);
    const entry = entries.get(digest);
    entries.delete(digest);
    if (entry === undefined) {
      if (state.prune === "all") undeclared.push(developer);
      continue;
    }
    const own = identities.get(developer.email) ?? [];
    if (!isAsDeclared(salt, entry, developer, own, mapping)) changed.push(developer);
  }
  // Who was not declared any more may go without anybody missing them.
  const gone = [...entries.values()].filter(({ fields }) => fields !== null).length;
  const parts = [
    [changed.length, "changed"],
    [gone, "gone"],
    [undeclared.length, "not declared"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  if (said.length === 0) return { summary: "", lines: [] };
  const shown = (developer: Developer, words: string) => `${showEmail(developer.email, people)}  ${words}`;
  return {
    summary: `live differs from the last apply: ${said.join(", ")}`,
    lines: [
      ...(people === "none"
        ? []
        : [
            ...changed.map((developer) => `~ ${shown(developer, "is not as it was applied")}`),
            ...undeclared.map((developer) => `- ${shown(developer, "is live and was not declared")}`),
          ]),
      ...(gone === 0
        ? []
        : [
            `+ ${gone} developer(s) who were applied are gone; this machine has no copy of the roster to name them: run \`pulumi preview\`, or refresh with --run-program`,
          ]),
    ],
  };
}
