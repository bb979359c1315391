import { applyPlan } from "../apply/apply-plan.js";
import { AuditError, type AuditFile, openAudit } from "../apply/audit-file.js";
import { BackupError, backUp } from "../apply/backup.js";
import { describe, describeWithoutPeople } from "../apply/describe.js";
import { JournalError } from "../apply/journal.js";
import { keepBackup } from "../apply/keep-backup.js";
import { isKnownAccount, rememberAccount } from "../apply/known-account.js";
import { type PlannedRoster, planLive } from "../apply/plan-live.js";
import { renameJournal } from "../apply/rename-journal.js";
import { dayOf } from "../roster/day.js";
import type { DesiredRoster } from "../roster/desired-roster.js";
import { refusals } from "../roster/plan.js";
import { type ConnectOptions, connect, type SeiClient } from "../sei/client.js";
import type { DeclaredRoster, ListedDeveloperArgs } from "../source/declared.js";
import { InvalidSourceError, rosterFromCode } from "../source/load-roster.js";
import { invalid, outcomeOf, refused } from "./outcome-of.js";
import { type Audit, runAudit } from "./run-audit.js";
import type { SyncOutcome } from "./sync-outcome.js";

/**
 * One developer, as a system of yours knows them. A key that is left out is not managed: the live value stays. null or ""
 * clears.
 *
 * @example
 * const nia: DeveloperInput = {
 *   email: "nia@example.com",
 *   name: "Nia Okafor",
 *   manager: "ada@example.com",
 *   attributes: { Team: "Payments" },
 *   identities: { github: "nia" },
 * };
 */
export interface DeveloperInput extends Omit<ListedDeveloperArgs, "effective"> {}

/** Where the account is, and how one developer is synced. */
export interface SyncOptions extends Omit<ConnectOptions, "stopWrites" | "onWrite"> {
  /** The columns of the account. Given, an attribute that is none of them is refused at once; left out, live decides. */
  readonly fields?: DeclaredRoster["fields"];
  /** Names for integrationId, for `identities`. */
  readonly integrations?: DeclaredRoster["integrations"];
  /** A file to append a JSON line to for everything that is done, as `sei-roster apply --audit`. It names the developer. */
  readonly audit?: string | undefined;
  /** Before the first write it stops everything; after that no further write is begun, and the one under way is finished. */
  readonly signal?: AbortSignal | undefined;
  /** How long answers may lag behind a write, in milliseconds, until it is called not verified. Default 30,000. */
  readonly deadlineMs?: number | undefined;
}

/**
 * Makes one developer live as given, now: what `sei-roster apply --only` does, for a webhook. The record is sent whole,
 * with what is not given at its live values, and the identities after it; then it is read until it is live. The guards,
 * the private backup and the journals are those of every apply. It deletes nobody. The same developer again changes nothing.
 *
 * It reads the schema, a page of the list, this developer, everybody above them, and who holds the identities; where the
 * server cannot be asked for one developer, or the developer is renamed, everybody.
 *
 * @returns what became of it; nothing that is printed of it names a person
 * @throws EndpointError or SeiError when the options cannot be used: no endpoint, no key. Everything else is an outcome.
 * @example
 * const outcome = await syncDeveloper(
 *   { email: "nia@example.com", name: "Nia Okafor", manager: "ada@example.com", identities: { 101: "nia" } },
 *   { endpoint: process.env.SEI_ENDPOINT, apiKey: process.env.SEI_API_KEY ?? "" },
 * );
 * console.log(outcome.status); // created
 */
export async function syncDeveloper(developer: DeveloperInput, options: SyncOptions): Promise<SyncOutcome> {
  const stop = new AbortController();
  let audit: Audit | null = null;
  const { fields, integrations, audit: file, signal, deadlineMs, ...connection } = options;
  const cancel = () => audit === null && stop.abort();
  signal?.addEventListener("abort", cancel);
  if (signal?.aborted === true) stop.abort();
  const client = connect({
    ...connection,
    signal: stop.signal,
    stopWrites: signal,
    onWrite: (seen) => audit?.request(seen),
  });
  let log: AuditFile | null = null;
  try {
    const desired = desiredOf(developer, { fields, integrations });
    // Before anything else: what cannot be written down is not done.
    log = file === undefined ? null : openAudit(file);
    const planned = await planOf(client, desired);
    audit = runAudit(log, { command: "syncDeveloper", people: "names", warn() {} }, planned.plan);
    return await carryOut(client, planned, audit, { stop: signal, deadlineMs });
  } catch (error) {
    if (error instanceof InvalidSourceError) return invalid(error.findings);
    audit?.end({ outcome: "nothingSent" });
    // Words of ours, about files of this machine.
    const isOurs = [AuditError, BackupError, JournalError].some((kind) => error instanceof kind);
    const reason = isOurs ? describe(error) : describeWithoutPeople(error);
    return { status: "failed", touched: false, reason, explain: () => describe(error) };
  } finally {
    signal?.removeEventListener("abort", cancel);
    log?.close();
    await client.close();
  }
}

/** @throws InvalidSourceError */
function desiredOf(developer: DeveloperInput, rest: Pick<DeclaredRoster, "fields" | "integrations">): DesiredRoster {
  // The manager need not be declared: whether they are live is asked of the account.
  const options = { asOf: dayOf(new Date()), scoped: true };
  return rosterFromCode({ ...rest, developers: [developer] }, options).roster;
}

function planOf({ reader }: SeiClient, desired: DesiredRoster): Promise<PlannedRoster> {
  const { target } = reader;
  const session = { reader, journal: renameJournal(target), appliedBefore: isKnownAccount(target) };
  const only = [...desired.developers.keys()];
  return planLive(session, desired, { prune: "none", strategy: "upsert", guards: {}, only });
}

async function carryOut(
  client: SeiClient,
  planned: PlannedRoster,
  audit: Audit,
  { stop, deadlineMs }: { readonly stop: AbortSignal | undefined; readonly deadlineMs: number | undefined },
): Promise<SyncOutcome> {
  const { reader, writer, contributors } = client;
  const { plan, live, desired } = planned;
  if (refusals(plan).length > 0) {
    audit.end({ outcome: "refused" });
    return refused(plan);
  }
  if (plan.changes.length > 0) {
    await keepBackup(await backUp(reader, live, plan, new Date(), desired.applicationTypes), undefined);
  }
  const outcome = await applyPlan({
    ...planned,
    reader,
    writer,
    contributors,
    journal: renameJournal(plan.target),
    ...(stop === undefined ? {} : { stop }),
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  });
  if (outcome.live?.completeness.proven === true) await rememberAccount(plan.target, outcome.live.developers.size);
  audit.outcome(outcome, stop?.aborted === true);
  return outcomeOf(plan, outcome);
}
