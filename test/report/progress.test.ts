import { progressOn } from "../../provider/report/progress";

/** A stream and a clock that the test moves. */
function surroundings(isTTY: boolean) {
  const written: string[] = [];
  let time = 0;
  let clear = () => {};
  const progress = progressOn({
    stream: { isTTY, columns: 40, write: (text: string) => written.push(text) },
    now: () => time,
    beforeLines: (action) => {
      clear = action;
    },
  });
  return { progress, written, pass: (ms: number) => (time += ms), clear: () => clear() };
}

test("nothing of what takes less than a second", () => {
  const { progress, written, pass } = surroundings(true);
  progress.answered();
  pass(999);
  progress.answered();
  progress.end();
  expect(written).toEqual([]);
});

test("on a terminal one line is drawn again, makes room for others, and goes", () => {
  const { progress, written, pass, clear } = surroundings(true);
  pass(1_000);
  progress.answered();
  pass(50);
  progress.answered();
  expect(written.splice(0)).toEqual(["\r\u001b[Kreading: 1 answer in 1 s"]);
  clear();
  clear();
  expect(written.splice(0)).toEqual(["\r\u001b[K"]);
  progress.willWrite(4);
  pass(1_000);
  progress.wrote();
  expect(written.splice(0)).toEqual(["\r\u001b[Kwriting: 1 of 4 requests [######-------"]);
  for (let tries = 0; tries < 5; tries++) {
    pass(100);
    progress.wrote();
  }
  // Tried again: more than were planned.
  expect(written.splice(0).at(-1)).toBe("\r\u001b[Kwriting: 6 of 6 requests [#############");
  progress.end();
  expect(written).toEqual(["\r\u001b[K"]);
});

test("elsewhere a plain line now and then", () => {
  const { progress, written, pass } = surroundings(false);
  progress.willWrite(40);
  for (let second = 0; second < 21; second++) {
    pass(1_000);
    progress.wrote();
  }
  progress.end();
  expect(written).toEqual(["writing: 10 of 40 requests\n", "writing: 20 of 40 requests\n"]);
});

test("a file that is parsed for long, from its first second on", () => {
  const terminal = surroundings(true);
  terminal.progress.parsing("people.yaml", 0.1);
  terminal.pass(1_000);
  terminal.progress.parsing("people.yaml", 0.499);
  terminal.progress.parsing("people.yaml", 0.5);
  terminal.pass(100);
  terminal.progress.parsing("people.yaml", 0.6);
  terminal.progress.end();
  expect(terminal.written).toEqual([
    "\r\u001b[Kparsing 49 % of people.yaml",
    "\r\u001b[Kparsing 60 % of people.yaml",
    "\r\u001b[K",
  ]);

  const log = surroundings(false);
  for (let second = 0; second < 21; second++) {
    log.progress.parsing("people.yaml", second / 25);
    log.pass(1_000);
  }
  expect(log.written).toEqual(["parsing 4 % of people.yaml\n", "parsing 44 % of people.yaml\n"]);
});
