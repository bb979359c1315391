import { type Progress, progressOn } from "../report/progress.js";
import { beforeLines } from "./say.js";

/** The progress of one command; it makes room for the lines that {@link say} writes. */
export function progressOnStderr(quiet: boolean): Progress {
  const stream = quiet ? { write() {} } : process.stderr;
  return progressOn({ stream, now: () => performance.now(), beforeLines });
}
