import type { Verdict } from "../../roster/verdict.js";
import type { Review } from "../review.js";
import { code, prose } from "./inline.js";
import { foldedText, tableHead, tableLine } from "./section.js";
import type { ReportKind } from "./wording.js";
import { counted, firstPeople, grouped } from "./words.js";

/** So many of those whom a refusal concerns are named; the guards are a dozen, and all of them may refuse. */
const MOST_NAMED = 10;

/** Why the guards refuse: as one alert, and how to allow exactly this plan once. "" when they let it pass. */
export function refusalText({ refusals, checksum }: Review, kind: ReportKind): string {
  if (refusals.length === 0) return "";
  const by = counted(refusals.length, "guard");
  const first = kind === "plan" ? `Refused by ${by}: nothing can be applied.` : `An apply would be refused by ${by}.`;
  const paragraphs = refusals.map((verdict) => refusalWords(verdict).join("<br>\n> "));
  return `> [!CAUTION]\n> **${first}**\n>\n> ${paragraphs.join("\n>\n> ")}\n\n${exceptionText(refusals, checksum)}`;
}

function refusalWords({ name, reason, hint, people }: Verdict): readonly string[] {
  return [
    `**Guard ${code(name, 60)}:** ${prose(reason ?? "", 600)}.`,
    ...(people.length === 0 ? [] : [`Whom: ${firstPeople(people, MOST_NAMED)}.`]),
    ...(hint === undefined ? [] : [`What to do: ${prose(hint, 400)}.`]),
  ];
}

/** Only limits have exceptions, and only a source has a place for them: their hints say so. */
function exceptionText(refusals: readonly Verdict[], checksum: string): string {
  const isLimit = ({ name, hint }: Verdict) => name.startsWith("max") && hint?.includes("allow: [{") === true;
  if (!refusals.every(isLimit) || !/^[0-9a-f]{16,}$/.test(checksum)) return "";
  const lines = ["allow:", `  - plan: "${checksum.slice(0, 16)}"`, '    reason: "why"', '    until: "YYYY-MM-DD"'];
  return `To allow exactly this plan once, add this to the source, where it is reviewed with the change:\n\n\`\`\`yaml\n${lines.join("\n")}\n\`\`\`\n\n`;
}

/** What every guard says, those that refuse first. */
export function guardsText({ guards, refusals }: Review): string {
  const sorted = [...refusals, ...guards.filter(({ verdict }) => verdict !== "refused")];
  const rows = sorted.map(({ name, verdict, actual, limit }) => [
    code(name, 60),
    verdict === "refused" ? "**refused**" : "passed",
    grouped(actual),
    prose(limit, 200),
  ]);
  const table = `${tableHead(["Guard", "Verdict", "Counted", "Limit"])}${rows.map((row) => `${tableLine(row)}\n`).join("")}\n`;
  const summary =
    refusals.length === 0
      ? "all passed"
      : `${grouped(refusals.length)} of ${grouped(guards.length)} ${refusals.length === 1 ? "refuses" : "refuse"}`;
  return guards.length === 0 ? "" : foldedText(`Guards: ${summary}`, table);
}
