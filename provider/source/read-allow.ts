import { type Allowance, LOSSES, type Loss } from "../roster/allowance.js";
import { emailKey, isEmail } from "../roster/email.js";
import { byText } from "../roster/strings.js";
import type { Finding } from "./finding.js";
import type { Origin } from "./origin.js";
import type { ReadPart } from "./read-governing.js";
import { readDay } from "./resolve-effective.js";
import { entryOf, type Mark, type Tree } from "./tree.js";

/** An exception, and where its end stands. */
export interface ReadAllowance {
  readonly allowance: Allowance;
  readonly mark: Mark;
}

const KEYS: readonly string[] = [...LOSSES, "plan", "reason", "until"];

/** Reads `allow`. What has the wrong shape is left out: the JSON Schema reports it. */
export function readAllow(tree: Tree, origin: Origin): ReadPart<readonly ReadAllowance[]> {
  const findings: Finding[] = [];
  const value = (tree.kind === "list" ? tree.items : []).flatMap((item) => readOne(item, origin, findings));
  return { value, findings };
}

function readOne(tree: Tree, origin: Origin, findings: Finding[]): readonly ReadAllowance[] {
  if (tree.kind !== "map") return [];
  const lists = LOSSES.filter((loss) => entryOf(tree, loss) !== undefined);
  const plan = entryOf(tree, "plan");
  const [reason, end] = [entryOf(tree, "reason")?.value, entryOf(tree, "until")?.value];
  const until = readDay(end?.kind === "text" ? end : undefined, origin, findings);
  // A key that is none is most likely a slip in one of these, and reported by the JSON Schema.
  if (tree.entries.some(({ key }) => !KEYS.includes(key))) return [];
  if ((lists.length === 0) === (plan === undefined)) {
    const both = plan === undefined ? "it names neither people nor a plan" : "it names people and a plan";
    findings.push(
      origin.finding(
        plan?.mark ?? tree.mark,
        "INVALID_ALLOW",
        `an exception is for people or for one plan: ${both}`,
        `write one of ${LOSSES.join(", ")} with emails, or plan with a checksum`,
      ),
    );
    return [];
  }
  if (plan === undefined && lists.every((loss) => isEmptyList(entryOf(tree, loss)?.value))) {
    const message = "this exception names nobody, so it allows nothing";
    findings.push(origin.warning(tree.mark, "ALLOW_NOBODY", message, "name people, or take it out"));
  }
  if (reason?.kind !== "text" || end === undefined || until === undefined) return [];
  const people = Object.fromEntries(lists.map((loss) => [loss, emailsOf(entryOf(tree, loss)?.value)])) as Partial<
    Record<Loss, readonly string[]>
  >;
  const checksum = plan?.value.kind === "text" ? { plan: plan.value.text } : {};
  return [{ allowance: { people, ...checksum, reason: reason.text, until }, mark: end.mark }];
}

function isEmptyList(tree: Tree | undefined): boolean {
  return tree?.kind === "list" && tree.items.length === 0;
}

function emailsOf(tree: Tree | undefined): readonly string[] {
  const items = tree?.kind === "list" ? tree.items : [];
  const keys = items.flatMap((item) => (item.kind === "text" ? [emailKey(item.text)] : []));
  return [...new Set(keys.filter(isEmail))].sort(byText);
}
