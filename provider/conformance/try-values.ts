import { isObject } from "../sei/shape/json.js";
import { answerText, isTaken } from "./answer-words.js";
import { type Lab, must, TrialError } from "./lab.js";

const DECOMPOSED = "Ko\u0308ln";

/** What becomes of values, emails and ids. */
export async function tryValues(lab: Lab): Promise<void> {
  const { note, mapping, people } = lab.tools;
  const { column } = lab;

  await lab.trial(["values.spaces"], async () => {
    const spaced = ` ${people.mark} `;
    await lab.put(lab.person("odd", { [column]: spaced }));
    note.saw("values.spaces", (await lab.valueOf("odd", column)) === spaced ? "kept" : "taken off");
  });
  await lab.trial(["values.accents"], async () => {
    const value = `${people.mark} ${DECOMPOSED}`;
    await lab.put(lab.person("odd", { [column]: value }));
    note.saw("values.accents", (await lab.valueOf("odd", column)) === value ? "kept" : "composed");
  });
  await lab.trial(["csv.formulas"], async () => {
    const formula = `=${people.run}+1`;
    await lab.put(lab.person("odd", { [column]: formula }));
    const csv = await lab.csv();
    if (!csv.includes(formula)) throw new TrialError("the CSV does not show the value");
    note.saw("csv.formulas", csv.includes(`'${formula}`) ? "with an apostrophe" : "as it is");
  });
  // A value like that is not to be in anybody's review.
  await lab.trial([], () => lab.drop("odd"));

  await lab.trial(["emails.case"], async () => {
    const lower = lab.email("case");
    const upper = lower.toUpperCase();
    await lab.put(lab.person("case", { [mapping.email]: upper }));
    const csv = await lab.csv();
    if (csv.includes(lower)) note.saw("emails.case", "lower case");
    else if (!csv.includes(upper)) throw new TrialError("the CSV does not show the address");
    else {
      must(await lab.upsert(lab.person("case")));
      const again = await lab.csv();
      note.saw("emails.case", again.includes(lower) && again.includes(upper) ? "told apart by case" : "as given");
    }
  });

  await lab.trial(["ids.deleted"], async () => {
    await lab.put(lab.person("gone"));
    const first = idOf(await lab.raw("gone"));
    await lab.drop("gone");
    await lab.put(lab.person("fresh"));
    const second = idOf(await lab.raw("fresh"));
    if (first === null || second === null) throw new TrialError("records have no id");
    const isOlder = second.value === first.value || Number(second.value) <= Number(first.value);
    note.saw("ids.deleted", isOlder ? "given again" : "not given again");
  });
}

/** Whether an id in a record renames it. Only where an unknown key leaves nothing behind. */
export async function tryRename(lab: Lab): Promise<void> {
  await lab.trial(["upsert.id"], async () => {
    const { note } = lab.tools;
    await lab.put(lab.person("old"));
    const id = idOf(await lab.raw("old"));
    if (id === null) throw new TrialError("records have no id");
    const looked = await lab.upsertIn(lab.keys ?? new Map(), [lab.person("new")], { [id.key]: id.value });
    if (!isTaken(looked)) throw new TrialError(answerText(looked));
    const { developers } = await lab.live();
    const [isOld, isNew] = ["old", "new"].map((who) => developers.has(lab.email(who)));
    note.saw("upsert.id", isNew === true && isOld === false ? "renames" : "ignored");
  });
}

function idOf(record: unknown): { readonly key: string; readonly value: string | number } | null {
  if (!isObject(record)) return null;
  const found = Object.entries(record).find(([key]) => /^(developer)?_?ref_?id$/i.test(key) || key === "id");
  const value = found?.[1];
  if (found === undefined || !(typeof value === "string" || typeof value === "number")) return null;
  return { key: found[0], value };
}
