import { createHash } from "node:crypto";
import { byText } from "../../roster/strings.js";

/** Names that Windows keeps for devices, with any ending. */
const RESERVED = /^(?:con|prn|aux|nul|(?:com|lpt)\d)$/;

/** Longer names trouble some disks. */
const LONGEST = 60;

/**
 * A file name for each value, without its ending: safe on every disk, unique where case does not count, and the same
 * whatever the order. A name that does not say its value has a part of the value's checksum behind it.
 *
 * @param taken names that are none of these
 * @example
 * fileNames(["Payments", "R&D / Ops", "con"], ["roster"]);
 * // Map { "Payments" => "payments", "R&D / Ops" => "r-d-ops", "con" => "con-a16bb95f" }
 */
export function fileNames(values: Iterable<string>, taken: readonly string[]): ReadonlyMap<string, string> {
  const used = new Set(taken);
  const names = new Map<string, string>();
  for (const value of [...new Set(values)].sort(byText)) {
    const name = nameOf(value, used);
    used.add(name);
    names.set(value, name);
  }
  return names;
}

function nameOf(value: string, used: ReadonlySet<string>): string {
  const slug = slugOf(value);
  if (slug !== "" && slug.length <= LONGEST && !losesLetters(value) && !RESERVED.test(slug) && !used.has(slug)) {
    return slug;
  }
  const begin = (slug === "" ? "value" : slug).slice(0, LONGEST).replace(/-+$/, "");
  for (let salt = 0; ; salt++) {
    const name = `${begin}-${checksum(salt === 0 ? value : `${salt} ${value}`)}`;
    if (!used.has(name)) return name;
  }
}

function slugOf(value: string): string {
  return withoutAccents(value)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

/** A letter of another script has no place in the name. */
function losesLetters(value: string): boolean {
  return /(?![a-z0-9])[\p{L}\p{N}]/iu.test(withoutAccents(value));
}

function withoutAccents(value: string): string {
  return value.normalize("NFKD").replace(/\p{M}+/gu, "");
}

function checksum(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
