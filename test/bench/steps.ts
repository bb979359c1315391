import { Session } from "node:inspector/promises";
import { sep } from "node:path";

/** Methods whose work hides in one call: what they run over counts as steps. */
const SCANS = ["includes", "indexOf", "lastIndexOf", "slice", "concat", "splice", "shift", "unshift"] as const;

let scanned = 0;
const session = new Session();

/**
 * Begins to count. It must stand before the modules whose work is counted are loaded: what V8 compiled before has no
 * counters.
 */
export async function beginCounting(): Promise<void> {
  for (const name of SCANS) {
    const real = Array.prototype[name];
    const counting = function (this: readonly unknown[], ...args: never[]): unknown {
      scanned += this.length;
      return Reflect.apply(real, this, args);
    };
    Object.defineProperty(Array.prototype, name, { configurable: true, writable: true, value: counting });
  }
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
}

/**
 * How much work something does, without a clock: the blocks of our code and of the packages that it ran, as V8 counts
 * them, and the elements that built-in methods of arrays ran over. The same work gives nearly
 * the same count on any machine.
 */
export async function stepsOf(work: () => unknown): Promise<number> {
  await session.post("Profiler.takePreciseCoverage");
  scanned = 0;
  await work();
  const { result } = await session.post("Profiler.takePreciseCoverage");
  const ours = result.filter(({ url }) => url.includes(`${sep}provider${sep}`) || url.includes("node_modules"));
  const ranges = ours.flatMap(({ functions }) => functions.flatMap((one) => one.ranges));
  return scanned + ranges.reduce((sum, { count }) => sum + count, 0);
}
