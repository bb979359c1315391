import { authFormText } from "../sei/transport/auth.js";
import type { Finding } from "./check.js";
import { elsewhereTodo } from "./check-endpoint.js";
import type { Arrival, Evidence } from "./evidence.js";
import { isPast, reactionOf, reactionText } from "./reaction.js";

/** Is the key good, and in which form? 401 is a key that is not known, 403 one that may not. */
export function checkKey({ subject, arrival }: Evidence): Finding {
  const { keyless, forms } = arrival;
  const past = namesOf(arrival, isPast);
  const isOpen = isPast(reactionOf(keyless));
  if (past.length > 0 && isOpen) return openFinding(arrival);
  if (past.length > 0) {
    const refused = namesOf(arrival, (reaction) => !isPast(reaction));
    const not = refused.length === 0 ? "" : `; not as ${refused.join(", ")}`;
    return { status: "ok", says: `accepted as ${past.join(", ")}${not}`, counts: { forms: past.length } };
  }
  const known = namesOf(arrival, (reaction) => reaction === "forbidden");
  if (known.length > 0) return forbiddenFinding(subject.account, arrival, known);
  if (forms.some(({ looked }) => reactionOf(looked) === "unauthorized")) {
    const tried = forms.map(({ form, looked }) => `${authFormText(form)}: ${reactionText(looked)}`);
    return {
      status: "problem",
      says: `not accepted in any form (${tried.join("; ")})`,
      todo:
        elsewhereTodo(arrival.elsewhere) ??
        "Is SEI_API_KEY an SEI key of this account and region, whole, and not expired? The API also answers 401 to a path that it does not know, so check the endpoint too.",
    };
  }
  const told = [...new Set(forms.map(({ looked }) => reactionText(looked)))].join(", ");
  return { status: "unknown", says: `no answer is about the key (${told})` };
}

function openFinding({ keyless, elsewhere }: Arrival): Finding {
  const todo = elsewhereTodo(elsewhere);
  if (reactionOf(keyless) === "fine") {
    return {
      status: "warning",
      says: "the endpoint answers without a key too, so nothing says whether this one is good",
      todo: "Is it a cache, a proxy with a key of its own, or another server?",
    };
  }
  return {
    status: "unknown",
    says: `with and without the key the answer is ${reactionText(keyless)}`,
    todo: todo ?? "Check the endpoint: it must end before /v2.",
  };
}

function forbiddenFinding(account: string, arrival: Arrival, known: readonly string[]): Finding {
  const { keyless, withoutAccount } = arrival;
  if (withoutAccount !== null && isPast(reactionOf(withoutAccount))) {
    return {
      status: "problem",
      says: `good, but not with the account ${account}: 403 with Harness-Account, ${reactionText(withoutAccount)} without`,
      todo: "Correct SEI_ACCOUNT (--account), or leave it out.",
    };
  }
  if (reactionOf(keyless) === "forbidden") {
    return {
      status: "problem",
      says: "403 in every form, and without a key as well",
      todo: "A gateway may stand in between, or the key is not known. Check the key and the endpoint.",
    };
  }
  return {
    status: "ok",
    says: `known as ${known.join(", ")}: 403, not ${reactionText(keyless)} as without a key`,
    ...(account === "" ? { todo: "If the key is for several accounts, name one: SEI_ACCOUNT (--account)." } : {}),
  };
}

function namesOf({ forms }: Arrival, fits: (reaction: ReturnType<typeof reactionOf>) => boolean): readonly string[] {
  return forms.filter(({ looked }) => fits(reactionOf(looked))).map(({ form }) => authFormText(form));
}
