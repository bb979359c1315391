import type { WriteSeen } from "../sei/client.js";
import { EXIT } from "./exit-codes.js";
import { say } from "./say.js";

/** How a command that writes is ended before its time, and how it hears of its own requests. */
export interface WriteControl {
  readonly stopWrites: AbortSignal;
  readonly onWrite: (seen: WriteSeen) => void;
  /** Hears of every answer to a write from now on. */
  listen(listener: (seen: WriteSeen) => void): void;
  /**
   * Runs what may write. A first SIGINT or SIGTERM meanwhile lets the request under way end, and no other begins; a
   * second ends the process at once. Else a signal ends it at once, because nothing was sent.
   *
   * @returns with the exit code of the signal; null when there was none
   */
  guard<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly signalled: number | null }>;
}

/** Makes the control of one command. */
export function writeControl(): WriteControl {
  const stop = new AbortController();
  let listener: (seen: WriteSeen) => void = () => {};
  let signalled: number | null = null;
  const onSignal = (code: number) => {
    if (signalled !== null) process.exit(code);
    signalled = code;
    stop.abort();
    say("interrupted: the request under way is finished and no other is sent; once more ends this at once");
  };
  const onInterrupt = () => onSignal(EXIT.interrupted);
  const onTerminate = () => onSignal(EXIT.terminated);
  return {
    stopWrites: stop.signal,
    onWrite: (seen) => listener(seen),
    listen(next) {
      listener = next;
    },
    async guard(work) {
      process.on("SIGINT", onInterrupt);
      process.on("SIGTERM", onTerminate);
      try {
        return { result: await work(), signalled };
      } finally {
        process.off("SIGINT", onInterrupt);
        process.off("SIGTERM", onTerminate);
      }
    },
  };
}
