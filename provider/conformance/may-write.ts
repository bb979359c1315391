import type { LiveRoster } from "../roster/live-roster.js";
import type { Looker } from "../sei/look.js";
import type { AuthForm } from "../sei/transport/auth.js";
import { isTaken, statusOf } from "./answer-words.js";
import { madeUpIn } from "./clean-up.js";

/** Whether an account may be written to, and how sure that is. */
export type Permission =
  | { readonly kind: "yes"; readonly doubt: string | null }
  | { readonly kind: "no"; readonly why: string };

const SCHEMA = "/v2/developers/schema";

/**
 * Whether the account is the one that is named, set up, wholly seen, and small enough to be a throw-away.
 *
 * @param other connects with the same key and another account id
 * @param ownAccount the account id in the key itself; null when it has none
 */
export async function mayWrite(
  live: LiveRoster,
  form: AuthForm,
  settings: {
    readonly account: string;
    readonly ownAccount: string | null;
    readonly looker: Looker;
    readonly other: Looker;
    readonly maxDevelopers: number;
    /** Only people of earlier runs are to be deleted. */
    readonly cleans: boolean;
  },
): Promise<Permission> {
  const { account, ownAccount, looker, other, maxDevelopers, cleans } = settings;
  const { size } = live.developers;
  if (ownAccount !== null && ownAccount !== account) {
    return { kind: "no", why: `the key is of another account than --account ${account}` };
  }
  if (live.mapping === null) return { kind: "no", why: "the account is not set up: apply a roster to it first" };
  if (!live.completeness.proven) return { kind: "no", why: `nobody knows who is live: ${live.completeness.reason}` };
  if (size > maxDevelopers) {
    const most = `more than ${maxDevelopers} (--max-developers)`;
    return { kind: "no", why: `the account has ${size} developers, ${most}: take one that is made for tests` };
  }
  const madeUp = madeUpIn(live);
  if (madeUp.length > 0 && !cleans) {
    return {
      kind: "no",
      why: `${madeUp.length} made-up people of an earlier run are there: run it with --clean first`,
    };
  }
  const [own, strange] = await Promise.all([looker.get({ path: SCHEMA, form }), other.get({ path: SCHEMA, form })]);
  if (!isTaken(own)) return { kind: "no", why: `the account is answered with ${statusOf(own) ?? "nothing"}` };
  const isChecked = [401, 403].includes(statusOf(strange) ?? 0);
  const doubt = "any account id is taken with this key, so nothing shows that it is this account";
  return { kind: "yes", doubt: isChecked || ownAccount !== null ? null : doubt };
}

/** The account id in a key of the platform, `pat.ACCOUNT.TOKEN.SECRET`; null for other keys. */
export function accountInKey(key: string): string | null {
  return /^(?:pat|sat)\.([^.]+)\.[^.]+\.[^.]+$/.exec(key.trim())?.[1] ?? null;
}
