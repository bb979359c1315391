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
 * Decodes UTF-8, with or without a byte order mark, and UTF-16 with one. What is something else is named.
 *
 * @example
 * decodeText(Buffer.from("Zoë")); // { kind: "text", text: "Zoë" }
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const wide = utf32(bytes);
  if (wide !== null) return encodedAs(wide);
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
  if (wide !== null) return encodedAs(wide, "UTF-16 without a byte order mark");
  return binary(bytes);
}

function encodedAs(encoding: string, called = encoding): DecodedText {
  return {
    kind: "other",
    is: `it is ${called}`,
    hint: `save it as UTF-8, for example: iconv -f ${encoding} -t UTF-8`,
  };
}

/** By its byte order mark, or as three of four bytes are NUL. A text in UTF-16 does not begin with a NUL character. */
function utf32(bytes: Uint8Array): "UTF-32LE" | "UTF-32BE" | null {
  if (bytes.length < 4 || bytes.length % 4 !== 0) return null;
  if (startsWith(bytes, [0xff, 0xfe, 0, 0])) return "UTF-32LE";
  if (startsWith(bytes, [0, 0, 0xfe, 0xff])) return "UTF-32BE";
  const looked = bytes.subarray(0, 1000);
  const every = (test: (byte: number, at: number) => boolean): boolean =>
    looked.every((byte, at) => test(byte, at % 4));
  // Up to U+FFFF, and not NUL itself.
  if (every((byte, at) => at < 2 || byte === 0) && pairs(looked, 0)) return "UTF-32LE";
  return every((byte, at) => at > 1 || byte === 0) && pairs(looked, 2) ? "UTF-32BE" : null;
}

/** Whether of every four bytes the two at a place are a character. */
function pairs(bytes: Uint8Array, place: 0 | 2): boolean {
  for (let at = place; at < bytes.length; at += 4) if (bytes[at] === 0 && bytes[at + 1] === 0) return false;
  return true;
}

/** Bytes among which more are NUL than a slip puts into a text. */
function binary(bytes: Uint8Array): DecodedText | null {
  const looked = bytes.subarray(0, 1000);
  const nul = looked.filter((byte) => byte === 0).length;
  const isEmptied = nul > 0 && nul === looked.length;
  if (!isEmptied && nul < Math.max(8, looked.length / 10)) return null;
  return isEmptied
    ? {
        kind: "other",
        is: "it begins with nothing but NUL bytes, as a file does that was not written to its end",
        hint: "restore it from git, or export it again",
      }
    : {
        kind: "other",
        is: "it is a binary file",
        hint: "name a YAML or CSV file; export a sheet as CSV (UTF-8)",
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
