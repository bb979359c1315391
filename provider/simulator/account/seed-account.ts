import { putInForce, tryVersion } from "../operations/trial.js";
import { checkEssentialMapping } from "../rules/check-fields.js";
import { readCsv } from "../rules/read-csv.js";
import { ValidationFailure } from "../rules/refusal.js";
import type { Simulation } from "../simulation.js";
import { mapByName } from "./columns.js";
import { addDraft } from "./draft.js";

/**
 * The initial setup from a CSV file whose columns have the usual names. An account that is set up already stays as it is.
 *
 * @returns whether the file was used
 * @throws ValidationFailure when an upload or a save of it would fail
 */
export function seedAccount(simulation: Simulation, file: Uint8Array): Promise<boolean> {
  return simulation.store.change((account) => {
    if (account.columns !== null) return { next: null, answer: false };
    const { header, rows } = readCsv(file);
    const columns = mapByName(header, [], true);
    const { next, draft } = addDraft(account, { header, rows, columns }, "uploaded", simulation.dialect);
    const trial = tryVersion(next, draft, columns, "replace", simulation);
    const errors = [...checkEssentialMapping(columns), ...trial.errors];
    if (errors.length > 0) throw new ValidationFailure(errors);
    return { next: putInForce(next, draft, trial, simulation), answer: true };
  });
}
