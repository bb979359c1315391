/** As many digits of a checksum as a text shows; fewer could be guessed or met by chance. */
const FEWEST_DIGITS = 16;

/**
 * Whether a text can name a plan: a checksum, or its first 16 digits or more.
 *
 * @example
 * isChecksum("9f2c4e1ab0d35c77"); // true
 */
export function isChecksum(text: string): boolean {
  return text.length >= FEWEST_DIGITS && /^[0-9a-f]{1,64}$/i.test(text);
}

/** Whether a plan may be applied where only reviewed ones may: it is one of them, or there is nothing to do. */
export function isApproved(
  plan: { readonly changes: readonly unknown[]; readonly checksum: string },
  approved: readonly string[],
): boolean {
  return plan.changes.length === 0 || approved.some((sum) => plan.checksum.startsWith(sum.toLowerCase()));
}
