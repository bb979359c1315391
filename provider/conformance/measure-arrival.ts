import type { Looked, Looker } from "../sei/look.js";
import type { AuthForm } from "../sei/transport/auth.js";
import { answerText, bodyKind, statusOf } from "./answer-words.js";
import type { Notebook } from "./assumption.js";
import type { ReadId } from "./read-assumptions.js";

const SCHEMA = "/v2/developers/schema";

/** Past the key: whatever is answered then is about the request itself. */
function isPast(looked: Looked): boolean {
  const status = statusOf(looked);
  return status !== null && status !== 401 && status !== 403 && status !== 429 && status < 500;
}

/**
 * In which forms the key is taken, and what is answered where it is not.
 *
 * @returns the first form that is taken; null for none
 */
export async function measureArrival(
  note: Notebook<ReadId>,
  looker: Looker,
  account: string,
): Promise<AuthForm | null> {
  const looks = await Promise.all(
    looker.forms.map(async (form) => ({ form, looked: await looker.get({ path: SCHEMA, form }) })),
  );
  for (const { form, looked } of looks) {
    const id = form === "x-api-key" ? "key.x-api-key" : form === "ApiKey" ? "key.authorization" : null;
    if (id === null) continue;
    if (isPast(looked)) note.saw(id, "taken");
    else if ([401, 403].includes(statusOf(looked) ?? 0)) note.saw(id, `refused with ${statusOf(looked)}`);
    else note.missed(id, answerText(looked));
  }
  for (const id of ["key.x-api-key", "key.authorization"] as const) note.missed(id, "SEI_AUTH leaves this form out");
  const keyless = await looker.get({ path: SCHEMA, form: null });
  const isClosed = [401, 403].includes(statusOf(keyless) ?? 0);
  if (isClosed) note.saw("errors.key", bodyKind(keyless));
  else note.missed("errors.key", isPast(keyless) ? "no key is asked for" : answerText(keyless));
  const form = looks.find(({ looked }) => isPast(looked))?.form ?? null;
  if (form === null) return null;
  const nowhere = await looker.get({ path: "/v2/no-such-path-of-the-api", form });
  const status = statusOf(nowhere);
  if (status !== null && status >= 400 && status < 500) {
    note.saw("errors.path", String(status));
    // The body of a 401 is another matter.
    if (status !== 401) note.saw("errors.body", bodyKind(nowhere));
  } else note.missed("errors.path", answerText(nowhere));
  note.missed("errors.body", "nothing was refused so far");
  if (account === "") note.missed("key.account", "no account is set");
  else {
    const without = await looker.get({ path: SCHEMA, form, withoutAccount: true });
    if (isPast(without)) note.saw("key.account", "Harness-Account is not needed");
    else if ([401, 403].includes(statusOf(without) ?? 0)) note.saw("key.account", "Harness-Account is needed");
    else note.missed("key.account", answerText(without));
  }
  return form;
}
