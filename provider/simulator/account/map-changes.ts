/** What makes one map of another. */
export interface MapChanges<V> {
  readonly gone: readonly string[];
  /** Those who are new or have another value than before; the new ones come after all others. */
  readonly put: readonly (readonly [key: string, value: V])[];
}

/**
 * Compares two maps by walking them side by side; values are the same when they are the same object. Null when those who
 * stay come in another order, or a new one does not come last.
 */
export function mapChanges<V>(before: ReadonlyMap<string, V>, next: ReadonlyMap<string, V>): MapChanges<V> | null {
  const gone: string[] = [];
  const put: (readonly [string, V])[] = [];
  const there = next.entries();
  let at = there.next();
  for (const [key, old] of before) {
    if (at.done !== true && at.value[0] === key) {
      if (at.value[1] !== old) put.push(at.value);
      at = there.next();
    } else if (next.has(key)) return null;
    else gone.push(key);
  }
  for (; at.done !== true; at = there.next()) put.push(at.value);
  return { gone, put };
}
