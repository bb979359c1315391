import { refusalIn } from "../sei/shape/refusal.js";
import { answerText, isRefused, isTaken, jsonOf, statusOf } from "./answer-words.js";
import { type Lab, TrialError } from "./lab.js";

/** What an upsert does with what it is not told, and with records that are wrong. */
export async function tryUpserts(lab: Lab): Promise<void> {
  const { note, mapping, writes } = lab.tools;
  const { column } = lab;

  await lab.trial(["upsert.missing-key"], async () => {
    const other = mapping.attributes.length > 0 ? column : mapping.managerEmail;
    await lab.put(lab.person("boss"));
    await lab.put(lab.report("one", "boss"));
    const { [other]: _, ...rest } = lab.report("one", "boss");
    await lab.put(rest);
    note.saw("upsert.missing-key", (await lab.valueOf("one", other)) === "" ? "blanked" : "kept");
  });

  const tryBlank = async (id: "upsert.null" | "upsert.blank", blank: null | "") => {
    const other = mapping.attributes.length > 0 ? column : mapping.managerEmail;
    await lab.put(lab.report("one", "boss"));
    const looked = await lab.upsert({ ...lab.report("one", "boss"), [other]: blank });
    if (isRefused(looked)) note.saw(id, "refused");
    else if (isTaken(looked)) note.saw(id, (await lab.valueOf("one", other)) === "" ? "clears" : "ignored");
    else note.missed(id, answerText(looked));
  };
  await lab.trial(["upsert.null"], () => tryBlank("upsert.null", null));
  await lab.trial(["upsert.blank"], () => tryBlank("upsert.blank", ""));

  await lab.trial(["upsert.duplicate"], async () => {
    const looked = await lab.upsert(lab.person("twice"), lab.person("twice"));
    const types = refusalIn(jsonOf(looked)).issues.map(({ errorType }) => errorType);
    if (isTaken(looked)) note.saw("upsert.duplicate", "taken");
    else if (types.length > 0) note.saw("upsert.duplicate", [...new Set(types)].join(", "));
    else throw new TrialError(answerText(looked));
  });

  await lab.trial(["upsert.managers"], async () => {
    const inOrder = await lab.upsert(lab.person("b2"), lab.report("r2", "b2"));
    const reversed = await lab.upsert(lab.report("r3", "b3"), lab.person("b3"));
    for (const looked of [inOrder, reversed])
      if (!isTaken(looked) && !isRefused(looked)) throw new TrialError(answerText(looked));
    const seen = isTaken(reversed)
      ? "in any place"
      : isTaken(inOrder)
        ? "before the report"
        : "in a request of its own";
    note.saw("upsert.managers", seen);
  });

  await lab.trial(["errors.status", "errors.field", "errors.all"], async () => {
    const { [mapping.name]: _, ...nameless } = lab.report("wrong", "ghost");
    const looked = await lab.upsert(nameless);
    const { issues } = refusalIn(jsonOf(looked));
    const [first] = issues;
    if (first === undefined) throw new TrialError(`it gave no validation error: ${answerText(looked)}`);
    note.saw("errors.status", String(statusOf(looked)));
    const named = issues.find(({ fieldName }) => fieldName !== null)?.fieldName ?? null;
    if (named === null) note.missed("errors.field", "no field is named");
    else note.saw("errors.field", lab.columns.includes(named) ? "the column" : "another name");
    note.saw("errors.all", issues.length > 1 ? "all" : "one");
  });

  await lab.trial(["upsert.self-manager"], async () => {
    const looked = await lab.upsert(lab.report("self", "self"));
    if (isTaken(looked)) note.saw("upsert.self-manager", "taken");
    else if (isRefused(looked)) note.saw("upsert.self-manager", "refused");
    else throw new TrialError(answerText(looked));
  });

  await lab.trial(["upsert.nobody"], async () => {
    const looked = await writes.upsert([], []);
    if (isTaken(looked)) note.saw("upsert.nobody", "taken");
    else if (isRefused(looked)) note.saw("upsert.nobody", "refused");
    else throw new TrialError(answerText(looked));
  });
}
