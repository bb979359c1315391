import { dayOf } from "../roster/day.js";
import type { ContributorVersion } from "../sei/contributors/contributor.js";
import { readContributorPage } from "../sei/contributors/page.js";
import { readVersions } from "../sei/contributors/versions.js";
import { UnreadableAnswerError } from "../sei/errors/transport-errors.js";
import type { Looked } from "../sei/look.js";
import type { Finding } from "./check.js";
import type { Evidence } from "./evidence.js";
import { reactionOf } from "./reaction.js";

/** A name of a header that speaks of a version, and a value that can be nothing but one. */
const NAME = /^(?:[a-z-]*version|server)$/;
const VALUE = /^[\w.+/() -]{1,60}$/;

/** What runs here, and what the API says of itself. */
export function checkVersions({ subject, arrival, answers }: Evidence): Finding {
  const looks = [
    ...arrival.forms.map(({ looked }) => looked),
    ...(answers.kind === "done" ? [answers.value.list] : []),
  ];
  const stated = new Set(looks.flatMap(versionsIn));
  const history = answers.kind === "done" ? historyIn(answers.value.history) : null;
  const api = stated.size === 0 ? "no answer names a version of the API" : `the API says ${[...stated].join(", ")}`;
  return {
    status: "ok",
    says: `pulumi-harness-sei ${subject.versions.package}, Node ${subject.versions.node}; ${api}`,
    ...(history === null ? {} : { details: [history.says], counts: { contributorVersions: history.count } }),
  };
}

/** The versions of the list of contributors, one for each write that v1 ever took; null where v1 does not answer. */
function historyIn(looked: Looked): { readonly says: string; readonly count: number } | null {
  if (looked.kind === "none" || reactionOf(looked) !== "fine") return null;
  try {
    const { records, total } = readContributorPage(looked.answer);
    const count = Math.max(total ?? 0, records.length);
    const which = whichIsActive(readVersions(records, looked.answer), records.length < count);
    return { says: `contributor versions (v1): ${count}${which === "" ? "" : `, ${which}`}`, count };
  } catch (error) {
    if (error instanceof UnreadableAnswerError) return null;
    throw error;
  }
}

/** Some servers do not say which one is active: every write makes a newer one and activates it, but it can be taken back. */
function whichIsActive(versions: readonly ContributorVersion[], isPart: boolean): string {
  const active = versions.find((one) => one.active === true);
  if (active !== undefined) return `the active one is ${versionText(active)}`;
  const [newest] = versions;
  if (newest === undefined) return "";
  if (versions.every((one) => one.active === null)) {
    return `the newest is ${versionText(newest)}; which one is active is not said`;
  }
  return isPart ? "the active one is not among the first" : "none is active";
}

function versionText({ version, createdAt }: ContributorVersion): string {
  const day = createdAt === null ? null : new Date(createdAt);
  const of = day === null || Number.isNaN(day.getTime()) ? "" : ` of ${dayOf(day)}`;
  return `${/^\d{1,15}$/.test(version) ? version : "not a number"}${of}`;
}

function versionsIn(looked: Looked): readonly string[] {
  if (looked.kind === "none") return [];
  return [...looked.answer.headers]
    .filter(([name, value]) => NAME.test(name) && VALUE.test(value))
    .map(([name, value]) => `${name}: ${value}`);
}
