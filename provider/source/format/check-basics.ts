import { emailKey } from "../../roster/email.js";
import { nearest } from "../../roster/rules/nearest.js";
import type { Finding } from "../finding.js";
import type { Origin } from "../origin.js";
import { describe, quoted } from "../show.js";
import { entryOf, type Mark, type Tree } from "../tree.js";
import { DOCUMENT_KEYS } from "./order.js";

/**
 * What a file must have to be arranged: the keys of a roster, and developers who can be told apart. Whether the roster
 * is valid is another question.
 */
export function checkBasics(tree: Tree, origin: Origin): readonly Finding[] {
  if (tree.kind !== "map") {
    return [wrongType(origin, tree, "a roster file is a mapping that begins with version: 1")];
  }
  const findings: Finding[] = [];
  for (const { key, mark } of tree.entries) {
    if ((DOCUMENT_KEYS as readonly string[]).includes(key)) continue;
    const meant = nearest(key, DOCUMENT_KEYS);
    const hint = meant === null ? "a roster file has only the keys of its format" : `did you mean ${meant}?`;
    findings.push(origin.finding(mark, "UNKNOWN_KEY", `there is no key ${quoted(key)} in a roster file`, hint));
  }
  const version = entryOf(tree, "version")?.value;
  if (version !== undefined && !(version.kind === "text" && version.value === 1)) {
    findings.push(origin.finding(version.mark, "WRONG_VALUE", `version must be 1; it is ${describe(version)}`));
  }
  const developers = entryOf(tree, "developers")?.value;
  return developers === undefined ? findings : [...findings, ...checkDevelopers(developers, origin)];
}

function checkDevelopers(tree: Tree, origin: Origin): readonly Finding[] {
  switch (tree.kind) {
    case "null":
      return [];
    case "map": {
      const emails = tree.entries.map(({ key, mark }) => [emailKey(key), mark] as const);
      const bodies = tree.entries.flatMap(({ value }) => withoutKey(value, origin));
      return [...withoutKey(tree, origin), ...bodies, ...doubled(emails, origin)];
    }
    case "list": {
      const emails = tree.items.map((item) => entryOf(item, "email")?.value);
      const without = tree.items.flatMap((item, at) =>
        emails[at]?.kind === "text"
          ? []
          : [origin.finding(item.mark, "REQUIRED_KEY_MISSING", "a developer in a list must have an email")],
      );
      const texts = emails.flatMap((email): [string, Mark][] =>
        email?.kind === "text" ? [[emailKey(email.text), email.mark]] : [],
      );
      const bodies = tree.items.flatMap((item) => withoutKey(item, origin));
      return [...without, ...bodies, ...doubled(texts, origin)];
    }
    case "text":
    case "odd":
      return [wrongType(origin, tree, "developers must be a mapping of emails to developers, or a list of developers")];
  }
}

/** An entry without a key (`: value`), or with an alias as its key: what it means may depend on where it stands. */
function withoutKey(tree: Tree, origin: Origin): readonly Finding[] {
  if (tree.kind !== "map") return [];
  return tree.entries.flatMap(({ key, mark }) =>
    key.trim() === "" ? [origin.finding(mark, "WRONG_KEY", "an entry stands here without a key of its own")] : [],
  );
}

function doubled(emails: readonly (readonly [string, Mark])[], origin: Origin): readonly Finding[] {
  const first = new Map<string, Mark>();
  return emails.flatMap(([email, mark]): Finding[] => {
    const earlier = first.get(email);
    if (earlier === undefined) {
      first.set(email, mark);
      return [];
    }
    const message = `${quoted(email)} stands here a second time, first at ${origin.says(earlier)}`;
    return [origin.finding(mark, "DUPLICATE_EMAIL", message, "keep one of them")];
  });
}

function wrongType(origin: Origin, tree: Tree, message: string): Finding {
  return origin.finding(tree.mark, "WRONG_TYPE", `${message}; it is ${describe(tree)}`);
}
