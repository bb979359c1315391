import type { PlannedRoster, PlanningSession } from "../apply/plan-live.js";
import { planLive } from "../apply/plan-live.js";
import { maskText } from "../report/mask-text.js";
import { dayOf } from "../roster/day.js";
import type { Plan } from "../roster/plan.js";
import { protectedPeople } from "../roster/protected-people.js";
import { tightenPrune } from "../roster/tighten.js";
import { tightenScope } from "../roster/tighten-scope.js";
import type { Verdict } from "../roster/verdict.js";
import type { Finding } from "../source/finding.js";
import { formatFindings } from "../source/format-findings.js";
import { InvalidSourceError, type LoadedRoster, loadRoster } from "../source/load-roster.js";
import type { SourceFlags } from "./plan-options.js";
import { say } from "./say.js";

/** More would bury the plan; `sei-roster validate` shows all. */
const MOST_WARNINGS = 10;

/**
 * Loads the source of a plan, offline. Its warnings go to stderr.
 *
 * @throws Error with every finding
 */
export async function loadSource(source: readonly string[], flags: SourceFlags): Promise<LoadedRoster> {
  const { asOf, maxFileSize, scope, quiet } = flags;
  try {
    const loaded = await loadRoster(source, {
      asOf: asOf ?? dayOf(new Date()),
      scoped: scope !== undefined,
      ...(maxFileSize === undefined ? {} : { maxFileSize }),
    });
    if (loaded.warnings.length > 0 && quiet !== true) say(findingsText(loaded.warnings, loaded.sources, flags));
    return loaded;
  } catch (error) {
    if (!(error instanceof InvalidSourceError)) throw error;
    throw new Error(`the source is not valid\n${findingsText(error.findings, error.sources, flags, Infinity)}`);
  }
}

/**
 * Reads live and plans a source. Nothing that this can reach writes to the account.
 *
 * @throws LooserError when a flag would allow more than the source does; SeiError
 */
export async function planSource(
  loaded: LoadedRoster,
  flags: SourceFlags,
  session: PlanningSession,
): Promise<PlannedRoster> {
  const { roster } = loaded;
  const prune = tightenPrune(roster.prune, flags.prune, "managed");
  const desired = { ...roster, scope: tightenScope(roster.scope, flags.scope ?? new Map()) };
  const guards = { ...roster.guards, protect: protectedPeople(roster) };
  const planned = await planLive(session, desired, { prune, strategy: flags.strategy, guards });
  return { ...planned, plan: withPlaces(doubted(planned), loaded) };
}

/** What a plan leaves undone that its reader may expect of it: lines for stderr. */
export function planNotes({ policy, plan }: PlannedRoster): readonly string[] {
  const undeclared = plan.kept.filter(({ because }) => because === "notOurs").length;
  if (policy.prune !== "managed" || undeclared === 0) return [];
  return [
    `note: ${undeclared} live and not declared, and kept: prune: managed deletes nobody here, because sei-roster keeps no state of whom it applied; prune: all in the source deletes them`,
  ];
}

/** "Nothing differs" is worth as little as the read that it was found with. */
export function doubted({ plan, live: { completeness, developers } }: PlannedRoster): Plan {
  if (completeness.proven || plan.changes.length > 0) return plan;
  const refuse = (verdict: Verdict): Verdict =>
    verdict.name !== "completeRead"
      ? verdict
      : {
          ...verdict,
          actual: developers.size,
          verdict: "refused",
          reason: `the live roster could not be read with proof that it is complete: ${completeness.reason}`,
          hint: "run it again; if it stays so, compare the JSON list and the CSV download of GET /v2/developers",
        };
  return { ...plan, guards: plan.guards.map(refuse) };
}

/** A refusal says where the limit stands that somebody wrote. */
function withPlaces(plan: Plan, { roster, governs }: LoadedRoster): Plan {
  const place = governs.guards;
  if (place === undefined) return plan;
  const at = `${place.file}:${place.line}:${place.column}`;
  const placed = (verdict: Verdict): Verdict =>
    verdict.verdict === "refused" && verdict.reason !== undefined && verdict.name in roster.guards
      ? { ...verdict, reason: `${verdict.reason}; the guards stand in ${at}` }
      : verdict;
  return { ...plan, guards: plan.guards.map(placed) };
}

/** Lines of the source name people, so a masked text has none of them. */
function findingsText(
  findings: readonly Finding[],
  sources: ReadonlyMap<string, string>,
  { maskEmails }: SourceFlags,
  limit = MOST_WARNINGS,
): string {
  if (maskEmails !== true) return formatFindings(findings, { sources, limit });
  return maskText(formatFindings(findings, { sources: new Map(), limit }));
}
