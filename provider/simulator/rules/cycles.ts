/** The manager of those who have none. */
export const NOBODY = -1;

/** Where somebody stands with regard to circles of managers. */
export const CLEAR = 0;
export const ON_CYCLE = 1;
export const BELOW_CYCLE = 2;

/**
 * Who is on a circle of managers, and who is below one. Every developer is walked over once, so it is linear.
 *
 * @param managers by position, the position of the manager, or NOBODY
 * @returns by position, CLEAR, ON_CYCLE or BELOW_CYCLE
 */
export function findCycles(managers: Int32Array): Uint8Array {
  const found = new Uint8Array(managers.length);
  // By position, the first walk that came by, which is known by where it started; -1 before any.
  const walks = new Int32Array(managers.length).fill(-1);
  for (let start = 0; start < managers.length; start += 1) {
    if (walks[start] !== -1) continue;
    const path: number[] = [];
    let at = start;
    while (at !== NOBODY && walks[at] === -1) {
      walks[at] = start;
      path.push(at);
      at = managers[at] ?? NOBODY;
    }
    if (at === NOBODY) continue;
    const from = walks[at] === start ? path.indexOf(at) : path.length;
    if (from === path.length && found[at] === CLEAR) continue;
    path.forEach((position, index) => {
      found[position] = index >= from ? ON_CYCLE : BELOW_CYCLE;
    });
  }
  return found;
}
