import type { Contributors } from "../../provider/apply/find-contributors";
import type { RenameJournal } from "../../provider/apply/journal";
import type { SeiReader } from "../../provider/sei/reader";
import type { SeiWriter } from "../../provider/sei/writer";
import type { MemorySei } from "./memory-sei";

/** The process is gone. */
export class Killed extends Error {
  override readonly name = "Killed";
}

/** The hands of one process, which dies at a step of its own choosing and can do nothing afterwards. */
export interface Mortal {
  readonly reader: SeiReader;
  readonly writer: SeiWriter;
  readonly contributors: Contributors;
  readonly journal: RenameJournal;
  /** How many steps it took; a write and an entry of the journal are two, before it took effect and after. */
  steps(): number;
}

/** @param dieAt the step at which it dies, from 0; never when it takes fewer */
export function mortal(sei: MemorySei, journal: RenameJournal, dieAt: number): Mortal {
  let taken = 0;
  const step = (): void => {
    const at = taken;
    taken += 1;
    if (at >= dieAt) throw new Killed(`killed at step ${dieAt}`);
  };
  sei.onRead = step;
  sei.onWrite = step;
  const around = async <T>(work: () => Promise<T>): Promise<T> => {
    step();
    const done = await work();
    step();
    return done;
  };
  return {
    reader: sei,
    writer: sei,
    contributors: sei.contributors,
    journal: {
      entries: () => around(() => journal.entries()),
      add: (entries) => around(() => journal.add(entries)),
      remove: (entries) => around(() => journal.remove(entries)),
      ...(journal.values === undefined
        ? {}
        : {
            values: {
              entries: () => around(async () => (await journal.values?.entries()) ?? []),
              add: (values) => around(async () => journal.values?.add(values)),
              remove: (values) => around(async () => journal.values?.remove(values)),
            },
          }),
    },
    steps: () => taken,
  };
}
