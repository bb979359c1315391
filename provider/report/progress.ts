/** Nothing is shown of what takes less. */
const PATIENCE_MS = 1_000;
const REDRAW_MS = 100;
/** Elsewhere than on a terminal: a log with a line for every request would bury what matters. */
const LINE_MS = 10_000;
const BAR = 24;

/** What is drawn on, and the clock; tests bring their own. */
export interface ProgressSurroundings {
  readonly stream: { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown };
  readonly now: () => number;
  /** Told what makes room for a line of somebody else's on the terminal. */
  readonly beforeLines?: (clear: () => void) => void;
}

/** Shows that a command is at work and how far: one line that is drawn again on a terminal, a line now and then elsewhere. */
export interface Progress {
  /** A file is being parsed, which lets nothing else run; this part of it, from 0 to 1, is done. */
  parsing(file: string, share: number): void;
  /** One request was answered. */
  answered(): void;
  /** From now on, so many writing requests are to come. */
  willWrite(requests: number): void;
  /** One of these was answered. */
  wrote(): void;
  /** Takes the line away. */
  end(): void;
}

/** Makes the progress of one command. */
export function progressOn({ stream, now, beforeLines }: ProgressSurroundings): Progress {
  let start = now();
  const isTerminal = stream.isTTY === true;
  let answers = 0;
  let writes = 0;
  let total: number | null = null;
  let parsed = false;
  let drawn = false;
  let last = start;

  function clear(): void {
    if (!drawn) return;
    stream.write("\r\u001b[K");
    drawn = false;
  }
  function show(textAt: (time: number) => string): void {
    const time = now();
    if (time - start < PATIENCE_MS || time - last < (isTerminal ? REDRAW_MS : LINE_MS)) return;
    last = time;
    const text = textAt(time);
    if (!isTerminal) {
      stream.write(`${text}\n`);
      return;
    }
    stream.write(`\r\u001b[K${text.slice(0, (stream.columns ?? 80) - 1)}`);
    drawn = true;
  }
  const work = (time: number): string =>
    total === null ? reading(answers, time - start) : writing(writes, total, isTerminal);
  if (isTerminal) beforeLines?.(clear);
  return {
    parsing(file, share) {
      // Only a large file is told of: one line of it is welcome in a log too.
      if (!parsed) last = Number.NEGATIVE_INFINITY;
      parsed = true;
      show(() => `parsing ${Math.floor(100 * share)} % of ${file}`);
    },
    answered() {
      answers += 1;
      show(work);
    },
    willWrite(requests) {
      total = requests;
      writes = 0;
      start = now();
      last = start;
    },
    wrote() {
      writes += 1;
      show(work);
    },
    end() {
      clear();
      if (isTerminal) beforeLines?.(() => {});
    },
  };
}

function reading(answers: number, ms: number): string {
  return `reading: ${answers} ${answers === 1 ? "answer" : "answers"} in ${Math.round(ms / 1_000)} s`;
}

/** Requests that are tried again make more of them than the plan says. */
function writing(writes: number, total: number, withBar: boolean): string {
  const text = `writing: ${writes} of ${Math.max(total, writes)} requests`;
  if (!withBar) return text;
  const full = Math.min(BAR, Math.round((BAR * writes) / Math.max(1, total)));
  return `${text} [${"#".repeat(full)}${"-".repeat(BAR - full)}]`;
}
