import { type Change, changesOf } from "./change.js";
import type { UnsafeRename } from "./prove-renames.js";
import { byText } from "./strings.js";
import { passed, type Verdict } from "./verdict.js";
import type { Way } from "./way.js";

/** What is known of the renames of a plan. */
export interface JudgedRenames {
  readonly changes: readonly Change[];
  readonly unsafe: readonly UnsafeRename[];
  readonly way: Way["kind"];
  readonly identitiesWereRead: boolean;
}

/** Why a rename is refused. */
interface Objection {
  readonly reason: string;
  readonly hint: string;
  readonly people: readonly string[];
}

/** A renamed developer keeps identities and reports, or the plan is refused. */
export function judgeRenames(judged: JudgedRenames): Verdict {
  const name = "rename";
  const limit = "a renamed developer keeps identities and reports";
  const renamed = changesOf(judged.changes, "rename");
  const objections = [...bothLive(judged), ...severalLive(judged), ...unread(judged), ...otherWay(judged)];
  if (objections.length === 0) return passed(name, limit, renamed.length);
  const people = new Set(objections.flatMap((one) => one.people));
  return {
    name,
    limit,
    actual: objections.length,
    verdict: "refused",
    reason: objections.map(({ reason }) => reason).join("; "),
    hint: objections.map(({ hint }) => hint).join("; "),
    people: [...people].sort(byText),
  };
}

function bothLive({ unsafe }: JudgedRenames): Objection[] {
  const found = unsafe.filter((one) => one.kind === "bothLive");
  if (found.length === 0) return [];
  const sum = (count: (one: (typeof found)[number]) => number) => found.reduce((all, one) => all + count(one), 0);
  const lost = [
    [sum(({ identities }) => identities), "identities"],
    [sum(({ values }) => values), "values that differ"],
    [sum(({ hasReports }) => Number(hasReports)), "managers of others"],
  ] as const;
  const said = lost.filter(([count]) => count > 0).map(([count, words]) => `${words}: ${count}`);
  return [
    {
      reason: `${found.length} developer(s) are live under the new address and under a previous one, this machine knows of no rename that was begun, and deleting the old record would lose what the new one does not have (${said.join(", ")})`,
      hint: "if they are two people, take the address out of `previousEmails`; if they are one, declare for the new address what only the old one has, name it as the manager of the old one's reports, and let the old values go with allow: [{ delete: [<old address>], reason: <why>, until: <day> }]",
      people: found.flatMap(({ email, previousEmail }) => [email, previousEmail]),
    },
  ];
}

function severalLive({ unsafe }: JudgedRenames): Objection[] {
  const found = unsafe.filter((one) => one.kind === "severalLive");
  if (found.length === 0) return [];
  return [
    {
      reason: `${found.length} developer(s) have several previous addresses that are live, so it is not clear which record is theirs`,
      hint: "keep the one to rename in `previousEmails`, and rename or delete the others first",
      people: found.flatMap(({ email, previousEmails }) => [email, ...previousEmails]),
    },
  ];
}

/** Only a plan that was made without asking for them comes here. */
function unread({ changes, unsafe, identitiesWereRead }: JudgedRenames): Objection[] {
  const people = changesOf(changes, "rename").map(({ email }) => email);
  if (identitiesWereRead || (people.length === 0 && unsafe.length === 0)) return [];
  return [
    {
      reason: "the identities of who is renamed were not read",
      hint: "read the live roster with its identities",
      people,
    },
  ];
}

/** To replace everybody at once would delete the old record before its identities have moved. */
function otherWay({ changes, way }: JudgedRenames): Objection[] {
  const people = changesOf(changes, "rename").map(({ email }) => email);
  if (people.length === 0) return [];
  switch (way) {
    case "none":
    case "upsert":
      return [];
    case "reupload":
      return [
        {
          reason: `${people.length} developer(s) would be renamed by a re-upload, which would lose their identities`,
          hint: "use `strategy: auto` or `strategy: upsert` for this change",
          people,
        },
      ];
    case "setup":
      return [
        {
          reason: `${people.length} developer(s) would be renamed while the field mapping changes, which replaces everybody at once and would lose their identities`,
          hint: "rename first: leave the change of the field mapping out, apply, and put it back",
          people,
        },
      ];
  }
}
