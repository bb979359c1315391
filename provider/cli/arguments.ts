import { InvalidArgumentError } from "commander";
import type { Day } from "../roster/day.js";
import { isDay } from "../roster/day.js";
import { sizeOf } from "./size.js";

/** One more part of a source. An empty text is what a variable of a script leaves that was never set. */
export function sources(text: string, before: readonly string[] | undefined): readonly string[] {
  if (text.trim() === "") throw new InvalidArgumentError("A source must not be empty; for this folder, write a dot.");
  return [...(before ?? []), text];
}

/** A day, as 2026-12-01. */
export function dayFrom(text: string): Day {
  if (isDay(text)) return text;
  throw new InvalidArgumentError("A date is a day of the calendar, as YYYY-MM-DD.");
}

/** A size in bytes, from MiB or with a unit. */
export function sizeFrom(text: string): number {
  const size = sizeOf(text);
  if (size === null) throw new InvalidArgumentError("A size is a number of MiB up to 500, or such as 64MiB or 512KiB.");
  return size;
}

/** The path of a file. */
export function fileFrom(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("The name of a file must not be empty.");
  return text;
}

/** A checksum of a plan, or its first 16 digits or more. */
export function checksumFrom(text: string): string {
  const sum = text.trim().toLowerCase();
  if (/^[0-9a-f]{16,64}$/.test(sum)) return sum;
  throw new InvalidArgumentError("A checksum is the 64 hexadecimal digits that a plan says, or the first 16 or more.");
}

/** A part of a scope, as COLUMN=VALUE; several of one column are alternatives. */
export function scopeFrom(
  text: string,
  before: ReadonlyMap<string, readonly string[]> | undefined,
): ReadonlyMap<string, readonly string[]> {
  const [, column = "", value = ""] = /^([^=]*)=(.*)$/su.exec(text) ?? [];
  if (column.trim() === "" || value === "") {
    throw new InvalidArgumentError("A scope is COLUMN=VALUE, such as Team=Payments.");
  }
  const known = before?.get(column.trim()) ?? [];
  return new Map([...(before ?? []), [column.trim(), [...known, value]]]);
}

/** The address of a developer; several are a list. */
export function emailFrom(text: string, before: readonly string[] | undefined): readonly string[] {
  const email = text.trim().toLowerCase();
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new InvalidArgumentError("It must be the email of a developer.");
  return [...(before ?? []), email];
}
