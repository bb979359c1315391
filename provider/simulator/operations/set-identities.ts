import { parse } from "csv-parse/sync";
import type { Account } from "../account/account.js";
import { keyOf } from "../account/normalise.js";
import { type IdentityEntry as Entry, placeIdentities } from "../account/place-identities.js";
import { badRequest } from "../rules/refusal.js";
import { isObject } from "../shapes/mapping-json.js";
import type { Simulation } from "../simulation.js";
import { checkBatch, checkFileSize } from "./limits.js";

/** The documented texts, for JSON and for CSV. */
const TEXTS = {
  json: {
    done: "Developer identities updated successfully.",
    wrong: "Invalid payload or missing authorization.",
  },
  csv: {
    done: "CSV processed and developer identities updated successfully.",
    wrong: "Invalid file format or missing authorization.",
  },
} as const;

/**
 * `PATCH /v2/developers/identities` with a JSON array of `{email, integrationId, identity}`.
 *
 * @throws Refusal 400 (or 409 for an identity of somebody else, where the dialect refuses it); nothing is set then
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
  return put(simulation, entries, "json");
}

/** The same with a CSV file whose header is `email,integrationId,identity`, in any order. */
export function setIdentitiesCsv(simulation: Simulation, file: Uint8Array): Promise<Response> {
  checkFileSize(file, simulation.dialect);
  return put(simulation, readEntries(file), "csv");
}

function readEntries(file: Uint8Array): readonly Entry[] {
  let header: readonly string[];
  let rows: readonly (readonly string[])[];
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(file);
    [header = [], ...rows] = parse(text, { record_delimiter: ["\r\n", "\n", "\r"], skip_empty_lines: true });
  } catch {
    throw badRequest(TEXTS.csv.wrong);
  }
  const [email, id, identity] = ["email", "integrationId", "identity"].map((name) =>
    header.findIndex((column) => column.trim() === name),
  );
  if (email === undefined || id === undefined || identity === undefined || Math.min(email, id, identity) < 0) {
    throw badRequest(TEXTS.csv.wrong);
  }
  return rows.map((row) => {
    const number = (row[id] ?? "").trim();
    if (!/^\d{1,10}$/.test(number)) throw badRequest(TEXTS.csv.wrong);
    return { email: row[email] ?? "", integrationId: Number(number), identity: row[identity] ?? "" };
  });
}

function put(simulation: Simulation, entries: readonly Entry[], form: keyof typeof TEXTS): Promise<Response> {
  const { store, dialect } = simulation;
  return store.change((account) => {
    checkBatch(entries.length, dialect.maxIdentityBatch, dialect);
    for (const entry of entries) check(entry, account, simulation, TEXTS[form].wrong);
    const identities = placeIdentities(account, entries, dialect);
    const answer = Response.json({ status: "success", message: TEXTS[form].done });
    return { next: entries.length === 0 ? null : { ...account, identities }, answer };
  });
}

function check(
  { email, integrationId, identity }: Entry,
  account: Account,
  { dialect, integrations }: Simulation,
  wrong: string,
): void {
  if (email.trim() === "" || !Number.isSafeInteger(integrationId) || integrationId < 1) throw badRequest(wrong);
  if (identity.trim() === "" && dialect.blankIdentity === "badRequest") throw badRequest(wrong);
  if (integrations !== null && !integrations.has(integrationId)) {
    throw badRequest(`Unknown integration: ${integrationId}`);
  }
  if (dialect.unknownIdentityEmail === "badRequest" && !account.developers.has(keyOf(email, dialect))) {
    throw badRequest(`Unknown developer: ${email}`);
  }
}
