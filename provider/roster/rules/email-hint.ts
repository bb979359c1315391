import { emailKey, isEmail } from "../email.js";
import { brief } from "../shown.js";

const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;
/** So many of several invisible characters are named. */
const NAMED = 3;
const LINK = /^mailto:/i;

/**
 * What to do about a text that is no address; undefined when there is nothing to guess. What is copied out of a web page
 * or a mail often has an invisible character in it, or is the link and not the address.
 *
 * @example
 * emailHint("mailto:ada@example.com"); // "did you mean ada@example.com, without mailto: before it?"
 */
export function emailHint(written: string): string | undefined {
  const invisible = [...new Set(written.trim().match(INVISIBLE) ?? [])].slice(0, NAMED).map(codePoint);
  const seen = written.replace(INVISIBLE, "").trim();
  const meant = emailKey(seen.replace(LINK, ""));
  const without = [
    ...(invisible.length === 0 ? [] : [`the invisible ${invisible.join(" and ")} in it`]),
    ...(LINK.test(seen) ? ["mailto: before it"] : []),
  ].join(" and ");
  if (without === "") return aroundHint(seen);
  return isEmail(meant) ? `did you mean ${brief(meant)}, without ${without}?` : `write it without ${without}`;
}

/** A mail program writes the name beside the address, and a directory several addresses into one cell. */
function aroundHint(seen: string): string | undefined {
  const inside = emailKey(IN_BRACKETS.exec(seen)?.[1] ?? "");
  if (isEmail(inside)) return `did you mean ${brief(inside)}, without what stands around it?`;
  const parts = seen.split(/[;,|\s]+(?:\/\s+)?/).filter((part) => part !== "");
  return parts.length > 1 && parts.every((part) => isEmail(emailKey(part)))
    ? `these are ${parts.length} addresses; write one of them`
    : undefined;
}

const IN_BRACKETS = /^[^<>]*<([^<>]+)>$/;

/** What people and programs write where nobody is: `null`, `none`, `-`, `N/A`. */
const NOBODY = /^(?:null|nil|none|nobody|no one|n\/?a|#n\/a|n\.a\.|-+|–|—|~|undefined)$/i;

/** Whether a text in place of a manager says that there is none. It is still no address, and refused. */
export function meansNobody(written: string): boolean {
  return NOBODY.test(written.trim());
}

/** @example codePoint("\u200b"); // "U+200B" */
function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
