import { mkdir, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const BEAT_MS = 5_000;

/** Whoever holds a lock touches it every few seconds; one that nobody touched for so long was left by a killed process. */
const STALE_MS = 45_000;

/**
 * Does work that one process at a time should do. It only saves work: what is done must be right without it, as a
 * process that was suspended may lose its lock.
 *
 * @template T
 * @param {string} folder the lock: a folder that exists while it is held
 * @param {{ signal: AbortSignal, waiting: (seconds: number) => void }} options `waiting` is called about every 10 seconds
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(folder, { signal, waiting }, work) {
  await mkdir(dirname(folder), { recursive: true });
  for (let seconds = 0; !(await take(folder)); seconds += 1) {
    if (seconds % 10 === 0) waiting(seconds);
    await sleep(1_000, undefined, { signal });
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(folder, now, now).catch(() => {});
  }, BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns {Promise<boolean>} whether the lock is ours now */
async function take(/** @type {string} */ folder) {
  try {
    await mkdir(folder);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
  }
  const touched = await stat(folder).then(
    (stats) => stats.mtimeMs,
    () => Date.now(), // released just now
  );
  if (Date.now() - touched > STALE_MS) {
    // Moved away first, so that only one of several waiting processes removes it.
    const stale = `${folder}.stale-${process.pid}`;
    try {
      await rename(folder, stale);
    } catch {
      return false;
    }
    await rm(stale, { recursive: true, force: true });
    return take(folder);
  }
  return false;
}
