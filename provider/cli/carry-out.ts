import { applyPlan } from "../apply/apply-plan.js";
import { openAudit } from "../apply/audit-file.js";
import { backUp } from "../apply/backup.js";
import { keepBackup } from "../apply/keep-backup.js";
import { rememberAccount } from "../apply/known-account.js";
import type { Outcome } from "../apply/outcome.js";
import type { PlannedRoster } from "../apply/plan-live.js";
import { renameJournal } from "../apply/rename-journal.js";
import { countsOf, outcomeLines } from "../report/outcome.js";
import { summaryOf } from "../report/summary.js";
import { isApproved } from "../roster/approved-plan.js";
import type { Plan } from "../roster/plan.js";
import { type Audit, auditOf } from "./audit.js";
import { confirm } from "./confirm.js";
import type { LiveClient } from "./connect-live.js";
import { EXIT } from "./exit-codes.js";
import type { WriteFlags } from "./plan-options.js";
import { print, say } from "./say.js";
import { peopleOf, shown, showPlan } from "./show-plan.js";
import type { WriteControl } from "./write-control.js";

/** A plan to show and, if nobody and nothing objects, to apply. */
export interface CarryOut {
  readonly command: "apply" | "restore";
  readonly flags: WriteFlags;
  readonly client: LiveClient;
  readonly control: WriteControl;
  /** Reads and plans; asked again when somebody took their time to answer. */
  readonly plan: () => Promise<PlannedRoster>;
  /** The checksum of the plan that was saved: this one, or nothing. */
  readonly approved?: string;
  /** What the plan leaves out that somebody may expect of it: lines for stderr. */
  readonly notesOf: (planned: PlannedRoster) => readonly string[];
}

/**
 * Plans, shows the plan, asks, saves what is live, applies, and says what became of it.
 *
 * @returns the exit code
 * @throws Error of one sentence when nothing was sent
 */
export async function carryOut(todo: CarryOut): Promise<number> {
  const { flags } = todo;
  // Before anything else: what cannot be written down is not done.
  const file = flags.audit === undefined ? null : openAudit(flags.audit);
  try {
    const planned = await todo.plan();
    const refused = await showPlan({ planned, kind: "plan", command: null }, flags);
    if (flags.quiet !== true) for (const note of todo.notesOf(planned)) say(shown(note, flags));
    const audit = auditOf(file, todo, planned.plan);
    const objection = refused ? EXIT.refused : await objectionTo(planned, todo);
    if (objection === null) return await send(planned, todo, audit);
    audit.end({ outcome: objection === EXIT.refused ? "refused" : "nothingSent" });
    return objection;
  } finally {
    file?.close();
  }
}

/** Why a plan that no guard refuses is not applied, as an exit code; null when it is. */
async function objectionTo({ plan }: PlannedRoster, todo: CarryOut): Promise<number | null> {
  const { checksum, yes } = todo.flags;
  if (plan.changes.length === 0) return null;
  if (todo.approved !== undefined) {
    if (plan.checksum === todo.approved) return null;
    say(
      `refused: the saved plan is stale: live has changed since, and the plan now is ${plan.checksum}. Nothing was sent. Plan and review again`,
    );
    return EXIT.refused;
  }
  if (checksum !== undefined) {
    if (isApproved(plan, [checksum])) return null;
    say(
      `refused: this is not the plan that was reviewed (--checksum ${checksum}); the plan now is ${plan.checksum}. Nothing was sent. Review it again`,
    );
    return EXIT.refused;
  }
  if (yes === true) return null;
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) {
    say("error: there is no terminal to ask at, so nothing was sent: say --yes, or --checksum SUM of a reviewed plan");
    return EXIT.error;
  }
  if (!(await confirm("Apply this plan?", process.stdin, process.stderr))) {
    say("not applied: nothing was sent");
    return EXIT.error;
  }
  // Whoever answers has read a plan; it must still be the one.
  const again = await todo.plan();
  if (again.plan.checksum === plan.checksum) return null;
  say("refused: live has changed since the plan was shown, so nothing was sent. Run it again");
  return EXIT.refused;
}

async function send(planned: PlannedRoster, todo: CarryOut, audit: Audit): Promise<number> {
  const { client, control, flags } = todo;
  const { reader, writer, contributors } = client;
  const { plan, live, desired } = planned;
  const { result, signalled } = await control.guard(async () => {
    try {
      if (plan.changes.length > 0) {
        const backup = await backUp(reader, live, plan, new Date(), desired.applicationTypes);
        const kept = await keepBackup(backup, flags.backup);
        if (kept.earlier !== undefined) say(`an earlier backup of that name is now ${kept.earlier}`);
        say(`backup of what is live: ${kept.file}`);
      }
      client.progress.willWrite(plan.way.requests);
      control.listen((seen) => {
        audit.request(seen);
        client.progress.wrote();
      });
      const journal = renameJournal(plan.target);
      return await applyPlan({ ...planned, reader, writer, contributors, journal, stop: control.stopWrites });
    } catch (error) {
      audit.end({ outcome: "nothingSent" });
      throw error;
    }
  });
  if (result.live?.completeness.proven === true) await rememberAccount(plan.target, result.live.developers.size);
  audit.outcome(result, signalled !== null);
  tell(planned, result, todo, signalled !== null);
  return signalled ?? exitCodeOf(result);
}

function exitCodeOf({ status, stale, touched }: Outcome): number {
  if (status === "applied") return EXIT.fine;
  return stale === true && !touched ? EXIT.refused : EXIT.error;
}

/** The outcome: who on stderr, and the last line on stdout, unless that is a document. */
function tell({ plan }: PlannedRoster, outcome: Outcome, { flags }: CarryOut, interrupted: boolean): void {
  const last = lastLine(plan, outcome, interrupted);
  if (plan.changes.length > 0) {
    const lines = outcome.status === "applied" ? [countsOf(outcome)] : outcomeLines(outcome, peopleOf(flags));
    for (const line of lines) say(shown(line, flags));
  } else if (flags.quiet === true) return;
  if (flags.output === "text") print([last]);
  else say(last);
}

function lastLine({ changes }: Plan, outcome: Outcome, interrupted: boolean): string {
  if (changes.length === 0) return "nothing to do: live is as declared";
  if (outcome.status === "applied") return `applied and verified: ${summaryOf(changes)}`;
  const how = interrupted ? "interrupted" : outcome.status === "unverified" ? "applied, not verified" : "failed";
  if (!outcome.touched) return `${how}: nothing was changed`;
  return `${how}: ${countsOf(outcome)}. Run it again: it reads what is live and does the rest`;
}
