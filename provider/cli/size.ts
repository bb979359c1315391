const BYTES: Readonly<Record<string, number>> = { kib: 1024, mib: 1024 ** 2 };

/** A text in memory cannot be much longer than this. */
const LARGEST = 500 * 1024 ** 2;

/**
 * A size in bytes from text: a number of MiB, or with a unit.
 *
 * @returns null for what is no size, for nothing at all, and for more than 500 MiB
 * @example
 * sizeOf("64"); // 67108864
 * sizeOf("1.5 MiB"); // 1572864
 * sizeOf("512KiB"); // 524288
 */
export function sizeOf(text: string): number | null {
  const [, number, unit = "mib"] = /^(\d{1,9}(?:\.\d{1,3})?) ?(KiB|MiB)?$/i.exec(text.trim()) ?? [];
  if (number === undefined) return null;
  const size = Math.round(Number(number) * (BYTES[unit.toLowerCase()] ?? 0));
  return size >= 1 && size <= LARGEST ? size : null;
}
