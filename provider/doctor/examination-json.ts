import { maskText } from "../report/mask-text.js";
import type { People } from "../report/people.js";
import { type Check, STATUSES } from "./check.js";
import { type Examination, hasProblem } from "./examine.js";

/** An examination as JSON, as `schema/doctor.schema.json` describes it. */
export function examinationJson(examination: Examination, people: Exclude<People, "none">): string {
  const { endpoint, account, checks } = examination;
  const shown = (text: string) => (people === "masked" ? maskText(text) : text);
  const json = {
    version: 1,
    target: { endpoint, account },
    healthy: !hasProblem(examination),
    summary: Object.fromEntries(
      STATUSES.map((status) => [status, checks.filter((one) => one.status === status).length]),
    ),
    checks: checks.map((check) => checkJson(check, shown)),
  };
  return JSON.stringify(json, null, 2);
}

function checkJson({ name, status, says, todo, details, counts }: Check, shown: (text: string) => string) {
  return {
    name,
    status,
    says: shown(says),
    ...(todo === undefined || todo === "" ? {} : { todo: shown(todo) }),
    details: (details ?? []).map(shown),
    counts: counts ?? {},
  };
}
