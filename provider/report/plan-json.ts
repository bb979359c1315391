import { countChanges } from "../roster/change.js";
import type { Plan } from "../roster/plan.js";
import type { Verdict } from "../roster/verdict.js";
import { changeJson, type JsonPeople, jsonEmail } from "./change-json.js";
import { maskVerdict } from "./mask-verdict.js";

/** The version of the form; it goes up when a reader of the old one could be misled. */
const VERSION = 1;

/**
 * A plan as JSON, as `schema/plan.schema.json` describes it: the same bytes for the same plan.
 *
 * @param people `masked`: no address, name, login or value of anybody, for what is public
 * @example
 * planJson(plan, "names"); // '{\n  "version": 1,\n  "checksum": "9f2c...",\n ...'
 */
export function planJson(plan: Plan, people: JsonPeople): string {
  return JSON.stringify(planData(plan, people), null, 2);
}

/** The same as plain data. */
export function planData(plan: Plan, people: JsonPeople) {
  const { target, way, changes, kept, warnings, guards } = plan;
  const counts = countChanges(changes);
  const who = (email: string) => jsonEmail(email, people);
  return {
    version: VERSION,
    checksum: plan.checksum,
    target: { endpoint: target.endpoint, account: target.account },
    strategy: way.kind,
    why: way.why,
    requests: way.requests,
    summary: {
      create: counts.create,
      update: counts.update,
      delete: counts.delete,
      rename: counts.rename,
      setIdentity: counts.setIdentity,
      // The API has no way: an identity can be set and moved.
      unsetIdentity: 0,
      mapField: counts.mapField,
    },
    changes: changes.map((change) => changeJson(change, people)),
    kept: kept.map(({ email, name, because }) => ({
      email: who(email),
      ...(people === "names" ? { name } : {}),
      because,
    })),
    warnings: warnings.map(({ kind, joins, leaves }) => ({ kind, joins: who(joins), leaves: who(leaves) })),
    guards: guards.map((verdict) => guardJson(verdict, people)),
  };
}

function guardJson(judged: Verdict, people: JsonPeople) {
  const {
    name,
    limit,
    actual,
    verdict,
    reason,
    hint,
    people: concerned,
  } = people === "names" ? judged : maskVerdict(judged);
  return {
    name,
    limit,
    actual,
    verdict,
    ...(reason === undefined ? {} : { reason }),
    ...(hint === undefined ? {} : { hint }),
    people: concerned.map((email) => jsonEmail(email, people)),
  };
}
