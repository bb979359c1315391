import { type Strings, strings } from "../../roster/strings.js";
import type { Account, StoredDeveloper } from "../account/account.js";
import { type Columns, columnOf } from "../account/columns.js";
import { keyOf } from "../account/normalise.js";
import { identitiesAfter, overlay } from "../account/replace-developers.js";
import type { Dialect } from "../dialect/dialect.js";
import { checkChanged } from "../rules/check-changed.js";
import { badRequest, Refusal, setupNeeded, ValidationFailure } from "../rules/refusal.js";
import type { ValidationError } from "../rules/validation-error.js";
import { isObject } from "../shapes/mapping-json.js";
import { writeAnswer } from "../shapes/write-answer.js";
import type { Simulation } from "../simulation.js";
import { checkBatch } from "./limits.js";

/**
 * `DELETE /v2/developers` with `{"emails": [...]}`.
 *
 * @throws Refusal for another body, for unknown emails where the dialect refuses them, and before the initial setup
 * @throws ValidationFailure for an email that is given twice ("Applies to all developer operations"), and for reports who would
 * lose their manager; nobody is deleted then
 */
export function deleteDevelopers({ store, dialect }: Simulation, body: unknown): Promise<Response> {
  return store.change((account) => {
    const emails = readEmails(body);
    checkBatch(emails.length, dialect.maxBatch, dialect);
    const { columns } = account;
    if (columns === null) {
      if (dialect.deleteBeforeSetup !== 200) throw setupNeeded(dialect.deleteBeforeSetup);
      return { next: null, answer: writeAnswer({ deleted: 0, notFound: emails.length }, dialect) };
    }
    const keys = new Set(emails.map((email) => keyOf(email, dialect)));
    const unknown = [...keys].filter((key) => !account.developers.has(key));
    if (unknown.length > 0 && dialect.deleteUnknown !== "ignore") {
      throw new Refusal(dialect.deleteUnknown === "notFound" ? 404 : 400, `Unknown developers: ${unknown.join(", ")}`);
    }
    const left = without(account, columns, keys, dialect);
    const errors = [
      ...repeated(emails, account, columns, dialect),
      ...checkChanged(
        {
          before: account.developers,
          after: left,
          // Who loses a manager changes in nothing that a rule is about.
          touched: new Set(),
          gone: keys,
          records: () => [...left.values()].map(({ values }) => values),
          unique: true,
        },
        columns,
        dialect,
      ),
    ];
    if (errors.length > 0) throw new ValidationFailure(errors, columns);
    const deleted = account.developers.size - left.size;
    const answer = writeAnswer({ deleted, notFound: unknown.length }, dialect);
    if (deleted === 0) return { next: null, answer };
    const identities = identitiesAfter(account.identities, left, keys, dialect);
    return { next: { ...account, developers: left, identities, revision: account.revision + 1 }, answer };
  });
}

function readEmails(body: unknown): readonly string[] {
  const emails: unknown = isObject(body) ? body["emails"] : undefined;
  if (!Array.isArray(emails)) throw badRequest('The body must be {"emails": [...]}.');
  return emails.map((email: unknown) => {
    if (typeof email !== "string") throw badRequest("Every email must be a string.");
    return email;
  });
}

/** Everybody else, whose managers are cleared where the dialect does so. */
function without(
  { developers }: Account,
  columns: Columns,
  gone: ReadonlySet<string>,
  dialect: Dialect,
): Map<string, StoredDeveloper> {
  const left = new Map(developers);
  for (const key of gone) left.delete(key);
  const manager = columnOf(columns, "MANAGER_EMAIL");
  if (dialect.orphaningDelete === "refuse" || manager === undefined) return left;
  for (const [key, developer] of left) {
    if (!gone.has(keyOf(developer.values[manager] ?? "", dialect))) continue;
    left.set(key, { ...developer, values: overlay(developer.values, strings([[manager, ""]])) });
  }
  return left;
}

function repeated(emails: readonly string[], account: Account, columns: Columns, dialect: Dialect): ValidationError[] {
  const counts = new Map<string, number>();
  for (const email of emails) {
    const key = keyOf(email, dialect);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const column = columnOf(columns, "EMAIL") ?? "email";
  const developers = emails
    .filter((email) => (counts.get(keyOf(email, dialect)) ?? 0) > 1)
    .map((email): Strings => account.developers.get(keyOf(email, dialect))?.values ?? strings([[column, email]]));
  return developers.length === 0 ? [] : [{ errorType: "DUPLICATE_EMAIL", field: "EMAIL", developers }];
}
