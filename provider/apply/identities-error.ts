import type { SetIdentityChange } from "../roster/change.js";
import { describe, describeWithoutPeople } from "./describe.js";
import type { RefusedIdentities } from "./send-identities.js";

/** As many are named. */
const NAMED = 5;

/** What is not done of the identities of a plan, when everything else is. */
export interface IdentitiesNotSet {
  /** null: it refused none. */
  readonly refused: RefusedIdentities | null;
  /** Taken by the API, and no read shows them. */
  readonly unseen: readonly SetIdentityChange[];
  /** How many records stay that the plan deletes, because an identity of theirs would go with them. */
  readonly staying: number;
}

/** Identities could not be set. Everything else that could be done is. */
export class IdentitiesNotSetError extends Error {
  override readonly name = "IdentitiesNotSetError";
  /** The message in words of ours alone. */
  readonly withoutPeople: string;

  constructor(what: IdentitiesNotSet) {
    super(textOf(what, true));
    this.withoutPeople = textOf(what, false);
  }
}

function textOf({ refused, unseen, staying }: IdentitiesNotSet, named: boolean): string {
  const parts: string[] = [];
  if (refused !== null) {
    const { changes, cause } = refused;
    const said = named ? describe(cause) : describeWithoutPeople(cause);
    parts.push(`the API refuses ${changes.length} identity(ies), also alone${namesOf(changes, named)} (${said})`);
  }
  if (unseen.length > 0) parts.push(`no read shows ${unseen.length} identity(ies)${namesOf(unseen, named)}`);
  if (staying > 0) parts.push(`${staying} old record(s) stay, because their identities would be lost with them`);
  parts.push("everything else of the plan was sent");
  const todo =
    refused === null
      ? "Run it again"
      : "To the API somebody else holds such an identity, perhaps somebody who was deleted: free it in the web application, or declare another, and run it again";
  return `${parts.join("; ")}. ${todo}`;
}

function namesOf(changes: readonly SetIdentityChange[], named: boolean): string {
  if (!named) return "";
  const names = changes.slice(0, NAMED).map(({ email, integrationId }) => `${email} in ${integrationId}`);
  return `: ${names.join(", ")}${changes.length > NAMED ? ", ..." : ""}`;
}
