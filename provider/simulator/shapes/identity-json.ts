import type { Dialect } from "../dialect/dialect.js";
import { type Json, refIdJson } from "./record-json.js";

/** A developer with the identities that an answer shows. */
export interface Holder {
  readonly email: string;
  readonly name: string;
  readonly refId: number;
  readonly held: readonly (readonly [integrationId: number, identity: string])[];
}

/** The rows of a list of identities: one per identity, or one per developer. */
export function identityRows(holders: readonly Holder[], dialect: Dialect): readonly Json[] {
  if (dialect.identitiesShape === "flat") {
    return holders.flatMap((holder) => {
      const held = holder.held.length === 0 ? [[null, null] as const] : holder.held;
      return held.map(([id, identity]) => ({ ...headJson(holder, dialect), ...identityJson(id, identity, dialect) }));
    });
  }
  return holders.map((holder) => ({
    ...headJson(holder, dialect),
    identities: holder.held.map(([id, identity]) => identityJson(id, identity, dialect)),
  }));
}

function headJson({ email, name, refId }: Holder, dialect: Dialect): { readonly [key: string]: Json } {
  if (dialect.identityKeys !== "full") return { email };
  return { [dialect.refIdName ?? "developerRefId"]: refIdJson(refId, dialect), name, email };
}

function identityJson(
  integrationId: number | null,
  identity: string | null,
  { identityKeys, integrationIdType }: Dialect,
): { readonly [key: string]: Json } {
  const id = integrationIdType === "string" && integrationId !== null ? String(integrationId) : integrationId;
  switch (identityKeys) {
    case "documented":
    case "full":
      return { integrationId: id, identity };
    case "snake":
      return { integration_id: id, identity };
    case "cloudId":
      return { integrationId: id, cloudId: identity };
  }
}
