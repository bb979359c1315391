import { knownAccountFile } from "../apply/known-account.js";
import type { PlannedRoster, PlanningSession } from "../apply/plan-live.js";
import { planLive } from "../apply/plan-live.js";
import type { PlanRequest } from "../apply/saved-plan.js";
import { maskText } from "../report/mask-text.js";
import { dayOf } from "../roster/day.js";
import type { DesiredRoster } from "../roster/desired-roster.js";
import type { LiveRoster } from "../roster/live-roster.js";
import { meantBy } from "../roster/only.js";
import type { Plan } from "../roster/plan.js";
import { protectedPeople } from "../roster/protected-people.js";
import { nearestEmail } from "../roster/rules/nearest-email.js";
import { tightenPrune } from "../roster/tighten.js";
import { tightenScope } from "../roster/tighten-scope.js";
import { unprovenPart } from "../roster/unproven.js";
import type { Verdict } from "../roster/verdict.js";
import type { Finding } from "../source/finding.js";
import { formatFindings } from "../source/format-findings.js";
import { InvalidSourceError, type LoadedRoster, loadRoster } from "../source/load-roster.js";
import type { OnlyFlags, SourceFlags } from "./plan-options.js";
import { say } from "./say.js";
import { whileParsing } from "./while-parsing.js";

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
    const options = {
      asOf: asOf ?? dayOf(new Date()),
      scoped: scope !== undefined,
      ...(maxFileSize === undefined ? {} : { maxFileSize }),
    };
    const loaded = await whileParsing(quiet === true, (onParsing) => loadRoster(source, { ...options, onParsing }));
    if (loaded.warnings.length > 0 && quiet !== true) say(findingsText(loaded.warnings, loaded.sources, flags));
    return loaded;
  } catch (error) {
    if (!(error instanceof InvalidSourceError)) throw error;
    throw new Error(`the source is not valid\n${findingsText(error.findings, error.sources, flags, Infinity)}`);
  }
}

/**
 * What a source asks for, under the flags.
 *
 * @throws LooserError when a flag would allow more than the source does
 * @throws Error when `--only` names nobody of whom anything could be planned
 */
export function requestOf({ roster, governs }: LoadedRoster, flags: SourceFlags & OnlyFlags): PlanRequest {
  const place = governs.guards;
  return {
    desired: { ...roster, scope: tightenScope(roster.scope, flags.scope ?? new Map()) },
    wanted: {
      prune: tightenPrune(roster.prune, flags.prune, "managed"),
      strategy: flags.strategy,
      guards: { ...roster.guards, protect: protectedPeople(roster) },
      ...(flags.only === undefined ? {} : { only: onlyOf(flags.only, roster, flags) }),
    },
    guardsAt: place === undefined ? null : `${place.file}:${place.line}:${place.column}`,
  };
}

/** Somebody who is not declared can only be a leaver. */
function onlyOf(
  names: readonly string[],
  roster: DesiredRoster,
  { prune, strategy, maskEmails }: SourceFlags,
): readonly string[] {
  if (strategy === "reupload") {
    throw new Error(
      "--only and --strategy reupload are both set: a re-upload replaces everybody. Leave one of them out",
    );
  }
  const { people, undeclared } = meantBy(names, roster);
  const mode = tightenPrune(roster.prune, prune, "managed");
  const [stranger] = undeclared;
  if (stranger === undefined || mode === "all") return people;
  const near = nearestEmail(roster.developers.keys())(stranger);
  const words = `--only ${stranger} is not declared in this source${near === null ? "." : `; did you mean ${near}?`}`;
  throw new Error(
    `${maskEmails === true ? maskText(words) : words} Whoever left is deleted only with prune: all, and it is prune: ${mode}`,
  );
}

/**
 * Reads live and plans. Nothing that this can reach writes to the account.
 *
 * @throws SeiError
 */
export async function planRequest(request: PlanRequest, session: PlanningSession): Promise<PlannedRoster> {
  const planned = await planLive(session, request.desired, request.wanted);
  return { ...planned, plan: withWayOut(withPlaces(doubted(planned), request), planned) };
}

/** What a plan leaves undone that its reader may expect of it: lines for stderr. */
export function planNotes({ policy, plan, desired, live }: PlannedRoster): readonly string[] {
  if (policy.only !== undefined) return onlyNotes(policy.only, desired, live);
  const undeclared = plan.kept.filter(({ because }) => because === "notOurs").length;
  if (policy.prune !== "managed" || undeclared === 0) return [];
  return [
    `note: ${undeclared} live and not declared, and kept: prune: managed deletes nobody here, because sei-roster keeps no state of whom it applied; prune: all in the source deletes them`,
  ];
}

/** Of whom nothing is planned, for a reason that is not "as declared". */
function onlyNotes(
  only: readonly string[],
  { developers, absent }: DesiredRoster,
  live: LiveRoster,
): readonly string[] {
  return only.flatMap((email) => {
    if (developers.has(email)) return [];
    const absence = absent.get(email);
    if (absence?.kind === "joinsLater") return [`note: ${email} joins on ${absence.on}: nothing to do before`];
    return live.developers.has(email) ? [] : [`note: ${email} is neither declared nor live: nothing to do`];
  });
}

/** "Nothing differs" is worth as little as the read that it was found with. */
export function doubted({ plan, live }: PlannedRoster): Plan {
  const unproven = plan.changes.length > 0 ? null : unprovenPart(live);
  if (unproven === null) return plan;
  const refuse = (verdict: Verdict): Verdict =>
    verdict.name === "completeRead"
      ? { ...verdict, actual: live.developers.size, verdict: "refused", ...unproven }
      : verdict;
  return { ...plan, guards: plan.guards.map(refuse) };
}

/** A refusal says where the limit stands that somebody wrote. */
export function withPlaces(plan: Plan, { wanted, guardsAt }: PlanRequest): Plan {
  if (guardsAt === null) return plan;
  const placed = (verdict: Verdict): Verdict => {
    const { reason, impersonal } = verdict;
    if (verdict.verdict !== "refused" || reason === undefined || !(verdict.name in wanted.guards)) return verdict;
    const at = (why: string): string => `${why}; the guards stand in ${guardsAt}`;
    const plain =
      impersonal?.reason === undefined ? {} : { impersonal: { ...impersonal, reason: at(impersonal.reason) } };
    return { ...verdict, reason: at(reason), ...plain };
  };
  return { ...plan, guards: plan.guards.map(placed) };
}

/** An account that was filled once and looks empty: only who removes this file says that it really is. */
function withWayOut(plan: Plan, { policy, live }: PlannedRoster): Plan {
  if (policy.appliedBefore !== true || live.developers.size > 0) return plan;
  const hint = `run it again; \`sei-roster restore BACKUP\` puts people back; if somebody really emptied the account, remove ${knownAccountFile(plan.target)}`;
  const told = (verdict: Verdict): Verdict =>
    verdict.name === "completeRead" && verdict.verdict === "refused" ? { ...verdict, hint } : verdict;
  return { ...plan, guards: plan.guards.map(told) };
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
