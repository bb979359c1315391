import { answerText, isRefused, isTaken } from "./answer-words.js";
import { type Lab, must, TrialError } from "./lab.js";
import type { WriteId } from "./write-assumptions.js";

export const IDENTITY_IDS = [
  "identities.second",
  "identities.claimed",
  "identities.blank",
  "identities.nobody",
  "identities.batch",
  "identities.deleted",
] as const satisfies readonly WriteId[];

/** An identity that only a made-up person has. */
function named(lab: Lab, word: string): string {
  return `conformance-${lab.tools.people.run}-${word}`;
}

/** Whether the identities of somebody who is deleted come back with them: first of all, for it says what is left behind. */
export async function tryDeleted(lab: Lab, integrationId: number): Promise<void> {
  const { note, writes } = lab.tools;
  await lab.trial(["identities.deleted"], async () => {
    await lab.put(lab.person("i0"));
    must(await writes.setIdentities([{ email: lab.email("i0"), integrationId, identity: named(lab, "z") }]));
    if ((await lab.identitiesOf("i0")).length === 0) throw new TrialError("an identity that was set is not there");
    await lab.drop("i0");
    await lab.put(lab.person("i0"));
    note.saw("identities.deleted", (await lab.identitiesOf("i0")).length > 0 ? "back with them" : "gone");
  });
}

/** What becomes of identities of people who were made up, in an integration that the account has. */
export async function tryIdentities(lab: Lab, integrationId: number): Promise<void> {
  const { note, writes } = lab.tools;
  const set = (...pairs: readonly (readonly [who: string, identity: string])[]) =>
    writes.setIdentities(pairs.map(([who, identity]) => ({ email: lab.email(who), integrationId, identity })));
  const held = async (...whos: readonly string[]) =>
    (await lab.identitiesOf(...whos)).map(({ email, identity }) => `${email} ${identity}`);
  const holds = (all: readonly string[], who: string, word: string) =>
    all.includes(`${lab.email(who)} ${named(lab, word)}`);

  await tryDeleted(lab, integrationId);
  await lab.trial(IDENTITY_IDS, () => lab.put(lab.person("i1"), lab.person("i2")));

  await lab.trial(["identities.second"], async () => {
    must(await set(["i1", named(lab, "a")]));
    must(await set(["i1", named(lab, "b")]));
    const all = await held("i1");
    if (!holds(all, "i1", "b")) throw new TrialError("an identity that was set is not there");
    note.saw("identities.second", holds(all, "i1", "a") ? "stands beside it" : "replaces it");
  });

  await lab.trial(["identities.claimed"], async () => {
    must(await set(["i1", named(lab, "c")]));
    const looked = await set(["i2", named(lab, "c")]);
    if (isRefused(looked)) {
      note.saw("identities.claimed", "refused");
      return;
    }
    if (!isTaken(looked)) throw new TrialError(answerText(looked));
    const all = await held("i1", "i2");
    if (!holds(all, "i2", "c")) throw new TrialError("an identity that was set is not there");
    note.saw("identities.claimed", holds(all, "i1", "c") ? "is held by both" : "moves");
  });

  await lab.trial(["identities.nobody", "identities.batch"], async () => {
    const looked = await set(["ghost", named(lab, "d")]);
    if (isTaken(looked)) {
      note.saw("identities.nobody", "kept");
      throw new TrialError("no identity is refused");
    }
    if (!isRefused(looked)) throw new TrialError(answerText(looked));
    note.saw("identities.nobody", "refused");
    const mixed = await set(["i1", named(lab, "e")], ["ghost", named(lab, "f")]);
    if (!isRefused(mixed)) throw new TrialError(answerText(mixed));
    note.saw("identities.batch", holds(await held("i1"), "i1", "e") ? "the others" : "none");
  });

  await lab.trial(["identities.blank"], async () => {
    must(await set(["i2", named(lab, "g")]));
    const looked = await set(["i2", ""]);
    if (isRefused(looked)) note.saw("identities.blank", "refused");
    else if (!isTaken(looked)) throw new TrialError(answerText(looked));
    else note.saw("identities.blank", (await held("i2")).length === 0 ? "takes it away" : "ignored");
  });
}
