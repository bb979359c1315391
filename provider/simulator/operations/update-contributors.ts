import type { Account } from "../account/account.js";
import type { ContributorLists } from "../account/contributor-lists.js";
import { keyOf } from "../account/normalise.js";
import { Refusal, setupNeeded } from "../rules/refusal.js";
import type { Simulation } from "../simulation.js";
import { checkBatch } from "./limits.js";
import { type GivenRecord, readContributors } from "./read-contributors.js";
import { type Placed, replaceContributors } from "./replace-contributors.js";

/**
 * `PUT /v1/org/users` with an array of records, each in the place of the whole record that it names: makes a new version
 * and puts it in force. Another email in a record renames its contributor, who keeps the id. Managers and cycles are not
 * looked at: v1 knows no managers.
 *
 * @throws Refusal 400 for records that are wrong, 404 for an id that nobody has, 412 for somebody new before the setup, the
 * dialect's status for an integration user of somebody else; nothing is saved then
 */
export function updateContributors(lists: ContributorLists, simulation: Simulation, body: unknown): Promise<Response> {
  const { dialect } = simulation;
  return lists.store.change((account) => {
    const records = readContributors(body, account.columns ?? [], simulation);
    checkBatch(records.length, null, dialect);
    const placed = place(records, account, lists, simulation);
    const ids = placed.map(({ record, before }) => before?.refId ?? record.id);
    const answer =
      dialect.contributorPut === "byId"
        ? Response.json({ message: `Contributor with ID ${ids.join(", ")} updated successfully.` })
        : new Response("ok", { headers: { "content-type": "text/plain; charset=utf-8" } });
    if (records.length === 0) return { next: null, answer };
    return { next: replaceContributors(account, placed, dialect), answer };
  });
}

/** Finds whom each record replaces, as the dialect finds them. */
function place(
  records: readonly GivenRecord[],
  account: Account,
  lists: ContributorLists,
  { dialect }: Simulation,
): readonly Placed[] {
  const byId = new Map([...account.developers].map(([key, { refId }]) => [String(refId), { key, refId }]));
  const byEmail = (email: string) => {
    const key = keyOf(email, dialect);
    // Whoever had an email in an older version still has it for this search.
    const held = [account, ...lists.past()].map(({ developers }) => developers.get(key)?.refId);
    return held.map((refId) => byId.get(String(refId))).find((found) => found !== undefined);
  };
  return records.map((record) => {
    const before = byId.get(record.id) ?? (dialect.contributorPut === "byId" ? undefined : byEmail(record.email));
    if (before !== undefined) return { record, before };
    if (dialect.contributorPut === "byId") throw new Refusal(404, `Contributor with ID ${record.id} not found.`);
    if (account.columns === null) throw setupNeeded();
    return { record, before: null };
  });
}
