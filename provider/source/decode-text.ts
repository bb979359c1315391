import { utf8Faults } from "./utf8-faults.js";

/** The bytes of a file, decoded. */
export type DecodedText =
  | { readonly kind: "text"; readonly text: string }
  /** A text with some places that are none. `text` has U+FFFD there. */
  | {
      readonly kind: "faulty";
      readonly text: string;
      /** The first ones. */
      readonly faults: readonly TextFault[];
      /** How many there are in all. */
      readonly count: number;
    }
  /** Something else altogether; `is` ends a sentence. */
  | { readonly kind: "other"; readonly is: string; readonly hint: string };

/** A place of a text that is none. */
export type TextFault = { readonly offset: number } & (
  | { readonly kind: "byte"; readonly byte: number }
  | { readonly kind: "half" }
  | { readonly kind: "nul" }
);

/** One wrong encoding makes as many faults as there are umlauts: the first ones say it. */
const SHOWN = 10;

/**
 * Decodes UTF-8, with or without a byte order mark, and UTF-16 with one.
 *
 * @example
 * decodeText(Buffer.from("Zoë")); // { kind: "text", text: "Zoë" }
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (startsWith(bytes, [0xff, 0xfe])) return decodeUtf16(bytes, "utf-16le");
  if (startsWith(bytes, [0xfe, 0xff])) return decodeUtf16(bytes, "utf-16be");
  const other = otherThanText(bytes);
  if (other !== null) return other;
  const text = strictly(bytes, "utf-8");
  return text === null ? decodeBroken(bytes) : withoutNul(text);
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}

function strictly(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function otherThanText(bytes: Uint8Array): DecodedText | null {
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) {
    return {
      kind: "other",
      is: "it is a workbook or another archive",
      hint: "export the sheet as CSV (UTF-8), and name that file",
    };
  }
  const wide = utf16WithoutMark(bytes);
  if (wide === null) return null;
  return {
    kind: "other",
    is: "it is UTF-16 without a byte order mark",
    hint: `save it as UTF-8, for example: iconv -f ${wide} -t UTF-8`,
  };
}

/** In UTF-16 nearly every other byte of a roster is NUL; most of its letters and every line end are ASCII. */
function utf16WithoutMark(bytes: Uint8Array): "UTF-16LE" | "UTF-16BE" | null {
  const looked = bytes.subarray(0, 1000);
  const nul: [even: number, odd: number] = [0, 0];
  for (const [at, byte] of looked.entries()) if (byte === 0) nul[at % 2 === 0 ? 0 : 1]++;
  const [even, odd] = nul;
  if (looked.length < 4 || even + odd < looked.length / 4) return null;
  if (odd > even * 4) return "UTF-16LE";
  return even > odd * 4 ? "UTF-16BE" : null;
}

function decodeBroken(bytes: Uint8Array): DecodedText {
  const { positions, count } = utf8Faults(bytes, SHOWN);
  const decoder = new TextDecoder("utf-8");
  const bom = startsWith(bytes, [0xef, 0xbb, 0xbf]) ? 3 : 0;
  let offset = 0;
  let before = bom;
  const faults = positions.map((at): TextFault => {
    offset += new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(before, at)).length;
    before = at;
    return { kind: "byte", offset, byte: bytes[at] ?? 0 };
  });
  return { kind: "faulty", text: decoder.decode(bytes), faults, count };
}

function decodeUtf16(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): DecodedText {
  const text = strictly(bytes, encoding);
  if (text !== null) return withoutNul(text);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const units = Math.floor(bytes.length / 2);
  const unit = (at: number): number => view.getUint16(at * 2, encoding === "utf-16le");
  const offsets: number[] = [];
  for (let at = 1; at < units; at++) {
    if (!isSurrogate(unit(at))) continue;
    if (isHigh(unit(at)) && at + 1 < units && isLow(unit(at + 1))) at++;
    else offsets.push(at - 1);
  }
  if (bytes.length % 2 === 1) offsets.push(units - 1);
  const faults = offsets.slice(0, SHOWN).map((offset): TextFault => ({ kind: "half", offset }));
  return { kind: "faulty", text: new TextDecoder(encoding).decode(bytes), faults, count: offsets.length };
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function withoutNul(text: string): DecodedText {
  if (!text.includes("\0")) return { kind: "text", text };
  const faults: TextFault[] = [];
  let count = 0;
  for (let at = text.indexOf("\0"); at !== -1; at = text.indexOf("\0", at + 1)) {
    if (faults.length < SHOWN) faults.push({ kind: "nul", offset: at });
    count++;
  }
  return { kind: "faulty", text, faults, count };
}
