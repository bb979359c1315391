import type { Fault } from "./fault.js";

/** The faults that wait for their requests. */
export class FaultSet {
  private waiting: { readonly fault: Fault; seen: number }[];

  constructor(faults: readonly Fault[] = []) {
    this.waiting = faults.map((fault) => ({ fault, seen: 0 }));
  }

  add(fault: Fault): void {
    this.waiting.push({ fault, seen: 0 });
  }

  clear(): void {
    this.waiting = [];
  }

  all(): Fault[] {
    return this.waiting.map(({ fault }) => fault);
  }

  /** The faults that this request meets; each counts the requests that match it. */
  take(method: string, path: string): Fault[] {
    const met: Fault[] = [];
    for (const each of this.waiting) {
      if (!matches(each.fault, method, path)) continue;
      const { after = 0, times = Number.POSITIVE_INFINITY } = each.fault;
      if (each.seen >= after && each.seen < after + times) met.push(each.fault);
      each.seen += 1;
    }
    this.waiting = this.waiting.filter(
      ({ fault: { after = 0, times }, seen }) => times === undefined || seen < after + times,
    );
    return met;
  }
}

function matches({ match = {} }: Fault, method: string, path: string): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
  if (match.path === undefined) return true;
  return match.path.endsWith("*") ? path.startsWith(match.path.slice(0, -1)) : path === match.path;
}
