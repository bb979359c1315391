import { answerText, isRefused, isTaken, statusOf } from "./answer-words.js";
import { type Lab, TrialError } from "./lab.js";

/** What a delete does with somebody who is not there, and with a manager. */
export async function tryDeletes(lab: Lab): Promise<void> {
  const { note, writes, mapping } = lab.tools;

  await lab.trial(["delete.unknown"], async () => {
    const looked = await writes.remove([lab.email("nobody")]);
    if (isTaken(looked)) note.saw("delete.unknown", "taken");
    else if (isRefused(looked)) note.saw("delete.unknown", `refused with ${statusOf(looked)}`);
    else throw new TrialError(answerText(looked));
  });

  await lab.trial(["delete.manager"], async () => {
    await lab.put(lab.person("head"));
    await lab.put(lab.report("member", "head"));
    const looked = await writes.remove([lab.email("head")]);
    if (isRefused(looked)) note.saw("delete.manager", "refused");
    else if (!isTaken(looked)) throw new TrialError(answerText(looked));
    else {
      const manager = await lab.valueOf("member", mapping.managerEmail);
      note.saw("delete.manager", manager === "" ? "the reports lose their manager" : "the reports keep the address");
    }
  });
}
