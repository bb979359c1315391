import { readFile } from "node:fs/promises";
import { isInForce } from "../roster/allowance.js";
import { canonicalRoster, parseCanonicalRoster } from "../roster/canonical-roster.js";
import type { Day } from "../roster/day.js";
import type { DesiredRoster } from "../roster/desired-roster.js";
import type { Plan } from "../roster/plan.js";
import type { Target } from "../roster/target.js";
import { checkedJson, readCheckedJson } from "./checked-json.js";
import type { Wanted } from "./plan-live.js";
import { codeOf, writePrivateFile } from "./private-file.js";

/** What a plan is made of, as its source, its flags and the day of its making say it together. */
export interface PlanRequest {
  readonly desired: DesiredRoster;
  readonly wanted: Wanted;
  /** Where the guards stand, such as `policy.yaml:2:1`; null: nowhere. */
  readonly guardsAt: string | null;
}

/** A plan that was saved: it is made again of the same request, and must come out the same. */
export interface SavedPlan {
  readonly target: Target;
  /** The checksum of the plan. */
  readonly checksum: string;
  readonly request: PlanRequest;
}

/** A saved plan cannot be written or read. */
export class SavedPlanError extends Error {
  override readonly name = "SavedPlanError";
}

/** The form on disk; its version goes up when the form changes. */
interface SavedForm {
  readonly version: 1;
  readonly target: Target;
  readonly plan: string;
  /** As `canonicalRoster` writes it. */
  readonly roster: string;
  readonly wanted: Wanted;
  readonly guardsAt: string | null;
}

/**
 * Saves a plan to a file that only its user may read: it holds the whole roster.
 *
 * @throws SavedPlanError when it cannot be written
 */
export async function savePlan(file: string, { desired, wanted, guardsAt }: PlanRequest, plan: Plan): Promise<void> {
  const form: SavedForm = {
    version: 1,
    target: { endpoint: plan.target.endpoint, account: plan.target.account },
    plan: plan.checksum,
    roster: canonicalRoster(desired),
    wanted,
    guardsAt,
  };
  try {
    await writePrivateFile(file, checkedJson(form));
  } catch (error) {
    throw new SavedPlanError(`the plan cannot be saved to ${file}: ${codeOf(error)}`, { cause: error });
  }
}

/**
 * Reads a saved plan. Exceptions that have expired since have no effect.
 *
 * @throws SavedPlanError when it is none, is of another version, or is not what was written
 */
export async function readSavedPlan(file: string, day: Day): Promise<SavedPlan> {
  const refuse = (why: string, cause?: unknown): SavedPlanError =>
    new SavedPlanError(`${file} cannot be applied: ${why}; plan again`, { cause });
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new SavedPlanError(`${file} cannot be read: ${codeOf(error)}`, { cause: error });
  }
  const read = readCheckedJson(text);
  if (read === null || typeof read.content["plan"] !== "string" || typeof read.content["roster"] !== "string") {
    throw refuse("it is not a plan that `sei-roster plan --plan FILE` saved");
  }
  if (read.content["version"] !== 1) throw refuse("another version of the package saved it");
  if (read.isWhole !== true) throw refuse("it was changed or cut short after it was saved");
  // The checksum says that this is what `savePlan` wrote.
  const { target, plan, roster, wanted, guardsAt } = read.content as unknown as SavedForm;
  try {
    const desired = parseCanonicalRoster(roster);
    const allow = desired.allow.filter((one) => isInForce(one, day));
    return { target, checksum: plan, request: { desired: { ...desired, allow }, wanted, guardsAt } };
  } catch (error) {
    throw refuse("another version of the package saved it", error);
  }
}
