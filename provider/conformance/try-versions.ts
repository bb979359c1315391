import { writeTable } from "../sei/codec/csv.js";
import type { Looked } from "../sei/look.js";
import { isObject } from "../sei/shape/json.js";
import { refusalIn } from "../sei/shape/refusal.js";
import { answerText, isRefused, isTaken, jsonOf, statusOf } from "./answer-words.js";
import { approve, baseTable, changedTable, draftOf } from "./base-csv.js";
import { type Lab, must, TrialError } from "./lab.js";
import type { WriteId } from "./write-assumptions.js";

const APPROVING = [
  "versions.replace",
  "versions.stale",
  "versions.twice",
  "versions.older",
] as const satisfies readonly WriteId[];

/**
 * What re-uploads do. Most are never approved; one is only when its review says that it changes nobody but people who
 * were made up for it.
 *
 * @returns whether an approved re-upload leaves nothing behind that is not in it
 */
export async function tryVersions(lab: Lab): Promise<boolean> {
  const { note, writes, people } = lab.tools;
  let isReplacing = false;

  await lab.trial(["versions.unknown"], async () => {
    const looked = await writes.approve({ versionId: `conformance-${people.run}` });
    if (!isRefused(looked)) throw new TrialError(answerText(looked));
    note.saw("versions.unknown", String(statusOf(looked)));
  });

  await lab.trial(["versions.errors"], async () => {
    const table = changedTable(lab, await baseTable(lab), [lab.report("wrong", "ghost")]);
    const looked = await writes.reupload(writeTable(table));
    const { issues } = refusalIn(jsonOf(looked));
    if (isRefused(looked) && issues.length > 0) note.saw("versions.errors", "refused");
    else if (isTaken(looked)) note.saw("versions.errors", "a review");
    else throw new TrialError(answerText(looked));
  });

  await lab.trial(["versions.new-column"], async () => {
    const table = await baseTable(lab);
    const more = {
      header: [...table.header, `conformance ${people.run}`],
      rows: table.rows.map((row) => [...row, ""]),
    };
    const looked = await writes.reupload(writeTable(more));
    if (isTaken(looked)) note.saw("versions.new-column", "taken");
    else if (isRefused(looked)) note.saw("versions.new-column", "refused");
    else throw new TrialError(answerText(looked));
  });

  await lab.trial(["versions.review"], async () => {
    const table = changedTable(lab, await baseTable(lab), [lab.person("v1")]);
    note.saw("versions.review", reviewKind(must(await writes.reupload(writeTable(table)))));
  });

  await lab.trial(APPROVING, async () => {
    const before = await lab.live();
    const base = await baseTable(lab);
    const one = await draftOf(lab, changedTable(lab, base, [lab.person("v1")]), { added: 1, removed: [0] });
    must(await approve(lab, one, before));
    await lab.trial(["versions.twice"], async () => {
      const again = await writes.approve(one);
      if (!isTaken(again) && !isRefused(again)) throw new TrialError(answerText(again));
      note.saw("versions.twice", isTaken(again) ? "taken" : "refused");
    });
    // Somebody else comes in, or a review of nothing might say nothing.
    const without = changedTable(lab, base, [lab.person("v5")]);
    must(await approve(lab, await draftOf(lab, without, { added: 1, removed: [0, 1] }), before));
    isReplacing = (await lab.find("v1")) === null;
    note.saw("versions.replace", isReplacing ? "gone" : "still there");

    await lab.trial(["versions.older"], async () => {
      const now = await baseTable(lab);
      const older = await draftOf(lab, changedTable(lab, now, [lab.person("v2")]), { added: 1, removed: [0] });
      await draftOf(lab, changedTable(lab, now, [lab.person("v3")]), { added: 1, removed: [0] });
      const looked = await approve(lab, older, before);
      if (!isTaken(looked) && !isRefused(looked)) throw new TrialError(answerText(looked));
      note.saw("versions.older", isTaken(looked) ? "still there" : "not there any more");
    });

    await lab.trial(["versions.stale"], async () => {
      const now = await baseTable(lab);
      const draft = await draftOf(lab, changedTable(lab, now, [lab.person("v4")]), { added: 1, removed: [0] });
      await lab.put(lab.person("late"));
      const looked = await approve(lab, draft, before);
      if (!isTaken(looked) && !isRefused(looked)) throw new TrialError(answerText(looked));
      note.saw("versions.stale", isTaken(looked) ? "the last write wins" : "refused");
    });
  });
  return isReplacing;
}

function reviewKind(looked: Looked): string {
  const json = jsonOf(looked);
  if (!isObject(json)) return "no JSON";
  const { added, summary, changes } = json;
  if (Array.isArray(added)) return "lists";
  if (Array.isArray(changes)) return "a list of changes";
  if (typeof added === "number") return "counts";
  return isObject(summary) ? "counts in summary" : "something else";
}

/**
 * What a key that is no column comes to. Only where a re-upload takes away the column that may come of it.
 *
 * @returns the columns that came of it
 */
export async function tryUnknownKey(lab: Lab): Promise<readonly string[]> {
  const { note, mapping, people } = lab.tools;
  let added: readonly string[] = [];
  await lab.trial(["upsert.unknown-key"], async () => {
    const looked = await lab.upsertIn(lab.keys ?? new Map(), [lab.person("one")], {
      [`conformance_${people.run}`]: people.mark,
    });
    if (isRefused(looked)) {
      note.saw("upsert.unknown-key", "refused");
      return;
    }
    if (!isTaken(looked)) throw new TrialError(answerText(looked));
    const live = await lab.live();
    added = (live.mapping?.attributes ?? []).filter((column) => !mapping.attributes.includes(column));
    note.saw("upsert.unknown-key", added.length > 0 ? "a new column" : "ignored");
  });
  return added;
}
