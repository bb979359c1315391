import fc from "fast-check";
import { bytesOf, cutTo } from "../../../provider/report/markdown/bytes";
import { commandText } from "../../../provider/report/markdown/command";
import { code, prose } from "../../../provider/report/markdown/inline";
import { tableLine } from "../../../provider/report/markdown/section";
import { visible } from "../../../provider/report/markdown/visible";
import { counted, firstPeople, grouped, personWords } from "../../../provider/report/markdown/words";
import { hostileText, PIECES } from "./hostile";
import { readInline, readRow } from "./read-markdown";

const ROOM = 10_000;

/** What a reader is to see of a text. */
function seen(text: string): string {
  return visible(text).replaceAll("<!", "<[U+0021]").replaceAll("\\|", "\\[U+007C]");
}

test("words stay words", () => {
  for (const text of [
    "Ada Lovelace",
    "Jo O'Neill",
    "J. R. Tolkien",
    "Jean-Luc Picard",
    "山田　太郎",
    "Ерёмина Ёлка",
    "מזל",
  ]) {
    expect(prose(text)).toBe(text.includes("　") ? `\`${text}\`` : text);
  }
  expect(prose("3 developer(s) of 40 (10%) leave; on 2026-12-01.")).toBe(
    "3 developer(s) of 40 (10%) leave; on 2026-12-01.",
  );
});

test("what could be more is code", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["Ada @everyone", "Ada `@everyone`"],
    ["see #12 and GH-1", "see `#12 and GH-1`"],
    ["at deadbeef now", "at `deadbeef` now"],
    ["www. here", "`www.` here"],
    ["guards.maxDelete allows 4", "`guards.maxDelete` allows 4"],
    ["allow: [{ delete: [<emails>], reason: <why> }]", "allow: `[{ delete: [<emails>], reason: <why> }]`"],
    ["a ` b", "a `` ` `` b"],
    ["", "_blank_"],
  ];
  for (const [text, markdown] of cases) expect(prose(text)).toBe(markdown);
});

test("code spans: backticks, blanks, spaces at the ends, comments", () => {
  expect(code("a`b``c")).toBe("```a`b``c```");
  expect(code("`")).toBe("`` ` ``");
  expect(code("")).toBe("_blank_");
  expect(code(" Payments ")).toBe("`[U+0020]Payments[U+0020]`");
  expect(code("a  b")).toBe("`a [U+0020]b`");
  expect(code("<!-- sei-roster:plan -->")).toBe("`<[U+0021]-- sei-roster:plan -->`");
});

test("what can't be seen is written out; joiners stay where letters and emoji need them", () => {
  expect(visible("Ada\u202eevil")).toBe("Ada[U+202E]evil");
  expect(visible("a\nb\u0000\ud800\u3164\u00a0")).toBe("a[U+000A]b[U+0000][U+D800][U+3164][U+00A0]");
  for (const text of ["👩‍🚀", "❤️", "می‌خواهم", "山田　太郎"]) expect(visible(text)).toBe(text);
  expect(visible("a\u200db")).toBe("a[U+200D]b");
  expect(visible("é\u200d\u200dé")).not.toContain("\u200d\u200d");
});

test("any text: a reader sees it whole, in a cell and in a line, and outside of code there is nothing to read into it", () => {
  const check = (text: string) => {
    const [inCode = "", inWords = "", end] = readRow(tableLine([code(text, ROOM), prose(text, ROOM), "end"]));
    expect(end).toBe("end");
    const whole = seen(text);
    expect(readInline(inCode).text).toBe(whole);
    for (const words of [inWords, prose(text, ROOM)]) {
      const { text: read, outside } = readInline(words);
      expect(read).toBe(whole);
      // Only letters, numbers and the marks of a sentence: no markup, link, mention, reference, emoji or HTML.
      expect(outside).toMatch(/^[\p{L}\p{M}0-9 '’.,;:()%§-]*$/u);
      expect(outside).not.toMatch(/:\S+:|\.[\p{L}]|\b[0-9a-f]{7,}\b|[A-Za-z]-\d|^\d+[.)] /iu);
      expect(words).not.toMatch(/<!|[\n\r]/);
    }
  };
  for (const piece of PIECES) check(piece);
  fc.assert(fc.property(hostileText, check), { numRuns: 1_500 });
});

test("a cut leaves whole characters and no more than it may, with an ellipsis in place of the rest", () => {
  fc.assert(
    fc.property(hostileText, fc.integer({ min: 3, max: 60 }), (text, most) => {
      const cut = cutTo(text, most);
      expect(bytesOf(cut)).toBeLessThanOrEqual(Math.max(most, 3));
      if (cut !== text) expect([cut.at(-1), text.startsWith(cut.slice(0, -1))]).toEqual(["…", true]);
    }),
  );
  expect(cutTo("👩👩", 7)).toBe("👩…");
  expect(code("x".repeat(5_000_000)).length).toBeLessThan(170);
});

test("people, counts and commands", () => {
  expect(personWords({ email: "ada@example.com", name: "Ada" })).toBe("Ada `ada@example.com`");
  expect(personWords({ email: "a***@example.com", name: "" })).toBe("`a***@example.com`");
  expect(personWords(null)).toBe("–");
  expect(firstPeople(["a", "b", "c"], 2)).toBe("`a`, `b` and 1 more");
  expect([grouped(999), grouped(1_000), grouped(1_234_567)]).toEqual(["999", "1,000", "1,234,567"]);
  expect([counted(1, "change"), counted(9_900, "change")]).toEqual(["1 change", "9,900 changes"]);
  expect(commandText(["sei-roster", "apply", "my roster/", "it's"])).toBe("sei-roster apply 'my roster/' 'it'\\''s'");
});

test("a command that can't be shown as it is, is not shown", () => {
  for (const word of ["a\nb", "\u202ex", "```", "<!--", "x".repeat(3_000)]) expect(commandText(["a", word])).toBeNull();
});
