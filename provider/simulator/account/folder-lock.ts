import { readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** So long may a process that was told to end take for it. */
const ENDING_MS = 2000;
const LOCK = /^lock-(\d+)$/;

/** The folders that this process holds. */
const held = new Set<string>();

/**
 * Takes a folder for this process alone, until it is released or the process ends, however it ends. Everybody puts down their
 * own `lock-<process>` first and then looks for others, so that of two at the same time never both go on.
 *
 * @returns what releases it
 * @throws Error when another simulator has it
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const place = await realpath(folder);
  if (held.has(place)) throw inUse(folder, process.pid);
  held.add(place);
  const own = join(folder, `lock-${process.pid}`);
  const release = async () => {
    held.delete(place);
    // The folder may be gone, and with it the lock.
    await rm(own, { force: true }).catch(() => {});
  };
  try {
    await writeFile(own, await birthOf(process.pid));
    const until = Date.now() + ENDING_MS;
    for (let other = await otherHolder(folder); other !== null; other = await otherHolder(folder)) {
      if (Date.now() > until) throw inUse(folder, other);
      await delay(50);
    }
  } catch (error) {
    await release();
    throw error;
  }
  return release;
}

function inUse(folder: string, pid: number): Error {
  return new Error(
    `${folder} is in use by another simulator (process ${pid}): stop it, or give this one a folder of its own with --data.`,
  );
}

/** The process of another lock; the locks of those who are no more are removed. */
async function otherHolder(folder: string): Promise<number | null> {
  for (const name of await readdir(folder)) {
    const pid = Number(LOCK.exec(name)?.[1] ?? process.pid);
    if (pid === process.pid) continue;
    const path = join(folder, name);
    const born = await readFile(path, "utf8").catch(() => null);
    if (born === null) continue;
    if (isAlive(pid) && (await birthOf(pid)) === born) return pid;
    await rm(path, { force: true });
  }
  return null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * When a process began, where the system tells (Linux), so that another one which has its number now is not taken for it; ""
 * elsewhere. A process that is dead and only not yet buried has never been born.
 */
async function birthOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // "number (name) state parent ...": the name may hold anything, so count from behind it. The 22nd is the start.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (stat === "") return "";
  return fields[0] === "Z" || fields[0] === "X" ? "dead" : (fields[19] ?? "");
}
