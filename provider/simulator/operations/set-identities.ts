import type { Account } from "../account/account.js";
import { keyOf } from "../account/normalise.js";
import { type IdentityEntry as Entry, placeIdentities } from "../account/place-identities.js";
import { badRequest, Refusal } from "../rules/refusal.js";
import { isObject } from "../shapes/mapping-json.js";
import { identitiesRefusal } from "../shapes/refusal-response.js";
import type { Simulation } from "../simulation.js";
import { readCells, WRONG_FILE } from "./identity-cells.js";
import { checkBatch, checkFileSize } from "./limits.js";

/** The documented texts, for JSON and for CSV. */
const TEXTS = {
  json: {
    done: "Developer identities updated successfully.",
    wrong: "Invalid payload or missing authorization.",
  },
  csv: {
    done: "CSV processed and developer identities updated successfully.",
    wrong: WRONG_FILE,
  },
} as const;

/**
 * `PATCH /v2/developers/identities` with a JSON array of `{email, integrationId, identity}`.
 *
 * @throws Refusal 400, or the dialect's status for an identity of somebody else; nothing is set then, unless the dialect sets
 * what is not refused
 */
export function setIdentities(simulation: Simulation, body: unknown): Promise<Response> {
  if (!Array.isArray(body)) throw badRequest(TEXTS.json.wrong);
  const entries = body.map((item: unknown): Entry => {
    if (!isObject(item)) throw badRequest(TEXTS.json.wrong);
    const { email, integrationId, identity } = item;
    if (typeof email !== "string" || typeof integrationId !== "number" || typeof identity !== "string") {
      throw badRequest(TEXTS.json.wrong);
    }
    return { email, integrationId, identity };
  });
  return putIdentities(simulation, entries, "json");
}

/** The same with a CSV file whose header is `email,integrationId,identity`, in any order. */
export function setIdentitiesCsv(simulation: Simulation, file: Uint8Array): Promise<Response> {
  checkFileSize(file, simulation.dialect);
  return putIdentities(simulation, readEntries(file), "csv");
}

function readEntries(file: Uint8Array): readonly Entry[] {
  return readCells(file, ["email", "integrationId", "identity"]).map(([email = "", id = "", identity = ""]) => {
    if (!/^\d{1,10}$/.test(id.trim())) throw badRequest(TEXTS.csv.wrong);
    return { email, integrationId: Number(id.trim()), identity };
  });
}

/**
 * Sets identities, and answers in the documented words for the form that they came in.
 *
 * @throws Refusal 400 or 409
 */
export function putIdentities(
  simulation: Simulation,
  entries: readonly Entry[],
  form: keyof typeof TEXTS,
): Promise<Response> {
  const { store, dialect } = simulation;
  return store.change((account) => {
    checkBatch(entries.length, dialect.maxIdentityBatch, dialect);
    const refused = entries.flatMap((entry) => refusalOf(entry, account, simulation, TEXTS[form].wrong) ?? []);
    const [refusal] = refused;
    if (refusal !== undefined && dialect.identityBatch === "atomic") throw refusal;
    const good =
      refused.length === 0 ? entries : entries.filter((entry) => refusalOf(entry, account, simulation, "") === null);
    const identities = placeIdentities(account, good, dialect);
    const next = good.length === 0 ? null : { ...account, identities };
    if (refusal !== undefined) return { next, answer: identitiesRefusal(refusal, dialect) };
    const answer = Response.json({ status: "success", message: TEXTS[form].done });
    return { next, answer };
  });
}

/** Null for an entry that may be set. */
function refusalOf(...[entry, account, simulation, wrong]: Parameters<typeof check>): Refusal | null {
  try {
    check(entry, account, simulation, wrong);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function check(
  { email, integrationId, identity }: Entry,
  account: Account,
  { dialect, integrations }: Simulation,
  wrong: string,
): void {
  if (email.trim() === "" || !Number.isSafeInteger(integrationId) || integrationId < 1) throw badRequest(wrong);
  if (identity.trim() === "" && dialect.blankIdentity === "badRequest") throw badRequest(wrong);
  if (!integrations.has(integrationId)) {
    throw badRequest(`Unknown integration: ${integrationId}`);
  }
  if (dialect.unknownIdentityEmail === "badRequest" && !account.developers.has(keyOf(email, dialect))) {
    throw badRequest(`Unknown developer: ${email}`);
  }
}
