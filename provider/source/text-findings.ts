import type { DecodedText, TextFault } from "./decode-text.js";
import type { Finding } from "./finding.js";
import { fileOrigin } from "./origin.js";
import { quoted } from "./show.js";
import { textLines } from "./text-lines.js";

/** How the findings about the characters of a file are worded. */
export interface TextFindingWords {
  /** The rule of what is not the encoding. */
  readonly encodingRule: string;
  /** The rule of a character that is valid and cannot stand there. */
  readonly syntaxRule: string;
  /** Where an offset stands in other words, such as `row 17, column "Name": `; "" without. */
  where(offset: number): string;
}

/** So many characters are shown; the last one counts the rest. */
const SHOWN = 10;

type Faulty = Extract<DecodedText, { kind: "faulty" }>;

/** What is wrong with the characters of a file: each place, the first ones only. */
export function faultFindings(file: string, { text, faults, count }: Faulty, words: TextFindingWords): Finding[] {
  const origin = fileOrigin(file, textLines(text));
  return faults.map((fault, at) => {
    const { message, hint, rest } = wordsOf(fault);
    const more = at === faults.length - 1 && count > faults.length ? `; ${count - faults.length} more ${rest}` : "";
    const rule = fault.kind === "nul" ? words.syntaxRule : words.encodingRule;
    return origin.finding(fault.offset, rule, `${words.where(fault.offset)}${message}${more}`, hint);
  });
}

/** Warns of U+FFFD, which stands where an earlier program lost a character. */
export function lostCharacters(file: string, text: string, where: TextFindingWords["where"]): readonly Finding[] {
  if (!text.includes("\ufffd")) return [];
  const origin = fileOrigin(file, textLines(text));
  const offsets: number[] = [];
  for (let at = text.indexOf("\ufffd"); at !== -1; at = text.indexOf("\ufffd", at + 1)) offsets.push(at);
  const shown = offsets.slice(0, SHOWN);
  return shown.map((offset, at) => {
    const rest = offsets.length - shown.length;
    const more = at === shown.length - 1 && rest > 0 ? `; ${rest} more follow` : "";
    return origin.warning(
      offset,
      "LOST_CHARACTER",
      `${where(offset)}here stands U+FFFD: a character was lost before this file was saved${more}`,
      "export it again as UTF-8, or write the character",
    );
  });
}

interface Words {
  readonly message: string;
  readonly hint: string;
  /** Ends "5 more ...". */
  readonly rest: string;
}

function wordsOf(fault: TextFault): Words {
  switch (fault.kind) {
    case "byte": {
      const hex = `0x${fault.byte.toString(16).toUpperCase().padStart(2, "0")}`;
      const letter = windows1252(fault.byte);
      const meant = letter === null ? "" : `; in Windows-1252 it is ${quoted(letter)}`;
      return {
        message: `the byte ${hex} is not UTF-8${meant}`,
        hint: "save it as UTF-8, for example: iconv -f WINDOWS-1252 -t UTF-8",
        rest: "bytes of this file are not UTF-8",
      };
    }
    case "half":
      return {
        message: "half of a UTF-16 character is missing",
        hint: "the file is cut off or damaged; export it again",
        rest: "characters of this file are damaged",
      };
    case "nul":
      return {
        message: "a NUL character stands here",
        hint: "take it out; text has none",
        rest: "NUL characters follow",
      };
  }
}

/** 0x80 to 0x9F; a space where Windows-1252 has nothing. Node decodes these bytes as ISO 8859-1. */
const FROM_0X80 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/** What a byte above ASCII is in Windows-1252, which Excel writes in the West; null for nothing. */
function windows1252(byte: number): string | null {
  const letter = byte < 0xa0 ? FROM_0X80.charAt(byte - 0x80) : String.fromCharCode(byte);
  return letter.trim() === "" ? null : letter;
}
