import type { Finding } from "./finding.js";
import type { Origin } from "./origin.js";
import { quoted } from "./show.js";
import type { Mark, Tree } from "./tree.js";

/** Half of a character: one of a pair of UTF-16 surrogates, without the other. */
const HALF = /\p{Surrogate}/u;

/**
 * Whether a text holds half of a character.
 *
 * @example
 * isBroken("Ada \ud83d"); // true
 */
export function isBroken(text: string): boolean {
  return HALF.test(text);
}

/**
 * BROKEN_CHARACTER: no text of a declaration holds half of a character. It cannot be sent: what arrives is U+FFFD, so
 * that the plan would never become empty. A file cannot hold one either, but an escape in it (`"\ud800"`) and code can.
 */
export function brokenCharacters(tree: Tree, origin: Origin): readonly Finding[] {
  const findings: Finding[] = [];
  const check = (text: string, mark: Mark): void => {
    const [half] = HALF.exec(text) ?? [];
    if (half === undefined) return;
    const code = half.charCodeAt(0).toString(16);
    findings.push(
      origin.finding(
        mark,
        "BROKEN_CHARACTER",
        `${quoted(text)} holds half of a character (U+${code.toUpperCase()}), which nothing can store`,
        "write the character itself, or take the half out",
      ),
    );
  };
  const walk = (node: Tree): void => {
    switch (node.kind) {
      case "text":
        // A number has no letters, and most texts of a declaration are read only here.
        if (typeof node.value === "string") check(node.text, node.mark);
        break;
      case "list":
        for (const item of node.items) walk(item);
        break;
      case "map":
        for (const { key, mark, value } of node.entries) {
          check(key, mark);
          walk(value);
        }
        break;
      case "null":
      case "odd":
    }
  };
  walk(tree);
  return findings;
}
