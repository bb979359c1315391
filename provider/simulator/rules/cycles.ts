/**
 * Who is on a circle of managers, and who is below one. Every developer is walked over once, so it is linear.
 *
 * @param managers by key, the manager's key; those without a manager are left out
 */
export function findCycles(managers: ReadonlyMap<string, string>): { onCycle: Set<string>; below: Set<string> } {
  const onCycle = new Set<string>();
  const below = new Set<string>();
  const done = new Set<string>();
  for (const start of managers.keys()) {
    const path: string[] = [];
    const here = new Map<string, number>();
    let at: string | undefined = start;
    while (at !== undefined && !done.has(at) && !here.has(at)) {
      here.set(at, path.length);
      path.push(at);
      at = managers.get(at);
    }
    const from = at === undefined ? undefined : here.get(at);
    const endsInCycle = from !== undefined || (at !== undefined && (onCycle.has(at) || below.has(at)));
    path.forEach((email, index) => {
      done.add(email);
      if (from !== undefined && index >= from) onCycle.add(email);
      else if (endsInCycle) below.add(email);
    });
  }
  return { onCycle, below };
}
