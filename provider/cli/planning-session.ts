import { isKnownAccount } from "../apply/known-account.js";
import type { PlanningSession } from "../apply/plan-live.js";
import { renameJournal } from "../apply/rename-journal.js";
import type { SeiReader } from "../sei/reader.js";

/** What planning of a source may hold: it reads the account, and what this machine remembers of it. */
export function planningSession(reader: SeiReader): PlanningSession {
  return { reader, journal: renameJournal(reader.target), appliedBefore: isKnownAccount(reader.target) };
}
