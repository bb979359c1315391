import type { Origin } from "./origin.js";
import type { TextLines } from "./text-lines.js";

/** Where a value that an alias repeats stands: at the alias, and at the anchor. Offsets. */
interface Repeated {
  readonly alias: number;
  readonly written: number;
}

/**
 * Marks for the values that aliases repeat. Such a value stands wherever it is repeated, so a finding about it stands
 * there too, and its hint says where the value is written. The marks are numbers behind the end of the text.
 *
 * @example
 * const places = new RepeatedPlaces(100);
 * places.markOf(40, 7); // 101
 * places.offsetOf(101); // 40
 */
export class RepeatedPlaces {
  readonly #end: number;
  readonly #all: Repeated[] = [];

  /** @param end the length of the text: greater than every offset, or the same */
  constructor(end: number) {
    this.#end = end;
  }

  /** A mark of a value that is written at one offset and repeated by an alias at another. */
  markOf(alias: number, written: number): number {
    return this.#end + this.#all.push({ alias, written });
  }

  /** The offset at which a mark stands. */
  offsetOf(mark: number): number {
    return this.#repeated(mark)?.alias ?? mark;
  }

  /** Lines that know these marks too. */
  linesOver(lines: TextLines): TextLines {
    return { linePos: (mark) => lines.linePos(this.offsetOf(mark)) };
  }

  /** The origin of the text, with a hint to the anchor in every finding about a repeated value. */
  hinting(origin: Origin): Origin {
    const hintOf = (mark: Parameters<Origin["says"]>[0], hint: string | undefined): string | undefined => {
      const repeated = typeof mark === "number" ? this.#repeated(mark) : undefined;
      if (repeated === undefined) return hint;
      const written = `n alias repeats it here; it is written at ${origin.says(repeated.written)}`;
      if (hint === undefined) return `a${written}`;
      return hint.endsWith("?") ? `${hint} A${written}` : `${hint}; a${written}`;
    };
    return {
      ...origin,
      finding: (mark, rule, message, hint) => origin.finding(mark, rule, message, hintOf(mark, hint)),
      warning: (mark, rule, message, hint) => origin.warning(mark, rule, message, hintOf(mark, hint)),
    };
  }

  #repeated(mark: number): Repeated | undefined {
    return this.#all[mark - this.#end - 1];
  }
}
