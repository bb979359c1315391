import type { Account, Draft } from "../account/account.js";
import { draftOf } from "../account/draft.js";
import type { Dialect } from "../dialect/dialect.js";
import { badRequest, conflict, setupNeeded, ValidationFailure } from "../rules/refusal.js";
import { isObject } from "../shapes/mapping-json.js";
import { versionIdJson } from "../shapes/version-id-json.js";
import { writeAnswer } from "../shapes/write-answer.js";
import type { Simulation } from "../simulation.js";
import { putInForce, tryVersion } from "./trial.js";

/**
 * `PATCH /v2/developers/versions/{versionId}` with `{"active": true}`: puts a reviewed version in force.
 *
 * @throws Refusal 412 before the initial setup, 400 for another body, the dialect's status for an unknown version, 409 for a
 * version that is not to be approved
 * @throws ValidationFailure for a version that was reviewed with errors, or that is wrong by now
 */
export function approve(simulation: Simulation, versionId: string, body: unknown): Promise<Response> {
  const { store, dialect } = simulation;
  return store.change((account) => {
    if (account.columns === null) throw setupNeeded();
    if (!isObject(body) || body["active"] !== true) throw badRequest('The body must be {"active": true}.');
    const draft = draftOf(account, versionId, dialect);
    const version = { [simulation.versionName]: versionIdJson(draft.id, dialect) };
    if (isInForce(account, draft, dialect)) {
      return { next: null, answer: writeAnswer({ ...version, created: 0, updated: 0, deleted: 0 }, dialect) };
    }
    const mode = draft.status === "reviewed" || draft.status === "refused" ? dialect.reupload : "replace";
    const trial = tryVersion(account, draft, draft.columns, mode, simulation);
    if (trial.errors.length > 0 || draft.status === "refused") throw new ValidationFailure(trial.errors, draft.columns);
    const { added, updated, removed } = trial.replaced.review;
    const counts = { created: added.length, updated: updated.length, deleted: removed.length };
    return {
      next: putInForce(account, draft, trial, simulation),
      answer: writeAnswer({ ...version, ...counts }, dialect),
    };
  });
}

/** True when there is nothing to do. @throws Refusal 409 when the version is not to be approved */
function isInForce(account: Account, draft: Draft, dialect: Dialect): boolean {
  switch (draft.status) {
    case "uploaded":
      throw conflict("This version waits for its field mappings.", dialect);
    case "active":
      if (dialect.approveTwice === "idempotent") return true;
      throw conflict("This version is in force already.", dialect);
    case "superseded":
      if (dialect.reactivate && draft.rows !== null) return false;
      throw conflict("This version was in force before.", dialect);
    case "saved":
    case "reviewed":
    case "refused":
      if (draft.revision !== account.revision && dialect.staleApprove === "conflict") {
        throw conflict("The developers have changed since this version was uploaded.", dialect);
      }
      return false;
  }
}
