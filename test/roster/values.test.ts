import { canonicalJson, checksum } from "../../provider/roster/checksum.js";
import { dayOf, isDay } from "../../provider/roster/day.js";
import { absenceOn, overlap } from "../../provider/roster/effective.js";
import { emailKey, isEmail } from "../../provider/roster/email.js";
import { allowed, allowedByDefault, isLimit } from "../../provider/roster/limit.js";

test.each([
  [0, 45, 0],
  [7, 45, 7],
  [7, 3, 7],
  ["10%", 45, 4],
  ["10%", 9, 0],
  ["10%", 10, 1],
  ["0%", 1000, 0],
  ["100%", 45, 45],
  ["0.5%", 200, 1],
  // 0.07 * 100 and 0.29 * 100 are a little off in binary.
  ["7%", 100, 7],
  ["29%", 100, 29],
] as const)("%s of %d people are %d", (limit, of, expected) => {
  expect(allowed(limit, of)).toBe(expected);
});

test("a default is the larger of a count and a share, and says so", () => {
  const standard = { count: 3, share: "10%" } as const;
  const says = "default: the larger of 3 and 10%";
  expect(allowedByDefault(standard, 0)).toEqual({ most: 3, says });
  expect(allowedByDefault(standard, 39)).toEqual({ most: 3, says });
  expect(allowedByDefault(standard, 40)).toEqual({ most: 4, says });
});

test("what is a limit", () => {
  for (const fine of [0, 1, 1e6, "0%", "10%", "0.5%", "12.25%", "100%"])
    expect([fine, isLimit(fine)]).toEqual([fine, true]);
  const wrong = [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, "", "%", "10", "x10%", "10%x", ".5%", "1.%", "100.1%"];
  for (const one of [...wrong, "-1%", "1 %", null, undefined, true, ["10%"]])
    expect([one, isLimit(one)]).toEqual([one, false]);
});

test("what is a day", () => {
  for (const fine of ["2026-01-01", "2026-12-31", "2024-02-29", "2026-10-10", "2026-09-30"])
    expect(isDay(fine)).toBe(true);
  const wrong = ["2026-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32", "2026-1-1"];
  for (const one of [...wrong, "x2026-01-01", "2026-01-01x", "2026-01-01T00:00:00Z", "", "today"]) {
    expect([one, isDay(one)]).toEqual([one, false]);
  }
  expect(dayOf(new Date("2026-12-01T23:59:59.999Z"))).toBe("2026-12-01");
});

test("both days of a stay count", () => {
  const stay = { from: "2026-03-01", until: "2026-03-31" } as const;
  expect(absenceOn("2026-02-28", stay)).toEqual({ kind: "joinsLater", on: "2026-03-01" });
  expect(absenceOn("2026-03-01", stay)).toBeNull();
  expect(absenceOn("2026-03-31", stay)).toBeNull();
  expect(absenceOn("2026-04-01", stay)).toEqual({ kind: "hasLeft", on: "2026-03-31" });
  for (const always of [undefined, {}]) expect(absenceOn("2026-03-01", always)).toBeNull();
});

test("two stays overlap when they share a day", () => {
  const until = { until: "2026-03-31" } as const;
  expect(overlap(until, { from: "2026-03-31" })).toBe(true);
  expect(overlap(until, { from: "2026-04-01" })).toBe(false);
  expect(overlap({ from: "2026-04-01" }, until)).toBe(false);
  expect(overlap(until, {})).toBe(true);
  expect(overlap(until, undefined)).toBe(true);
  expect(overlap(undefined, { from: "2026-04-01" })).toBe(true);
  expect(overlap(undefined, undefined)).toBe(true);
});

test("what is an address", () => {
  for (const fine of ["a@x", "a.b+c@mail.example.com", "ä@example.com"])
    expect([fine, isEmail(fine)]).toEqual([fine, true]);
  const wrong = ["", "a", "@x", "a@", "a@@x", "a@x@y", "a b@x", "a@x y", "a@.x", "a@x.", "a@x..y", " a@x", "a@x "];
  for (const one of wrong) expect([one, isEmail(one)]).toEqual([one, false]);
  expect(emailKey("\t Ada@Example.COM ")).toBe("ada@example.com");
});

test("a checksum is the same for the same data in any order, and another one for other data", () => {
  expect(canonicalJson({ b: 1, a: [2, { d: null, c: undefined }] })).toBe('{"a":[2,{"d":null}],"b":1}');
  expect(canonicalJson(JSON.parse('{"__proto__":1}'))).toBe('{"__proto__":1}');
  expect(checksum({ b: 1, a: 2 })).toBe(checksum({ a: 2, b: 1 }));
  expect(checksum([1, 2])).not.toBe(checksum([2, 1]));
  expect(checksum({})).toBe("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
});

test("what is an address where letters are not plain", () => {
  const fine = ["ada@localhost", "jos\u00e9@example.com", "jos\u00e9@mail.example.co.uk", "o'hara@example.com", "a@b"];
  for (const one of fine) expect([one, isEmail(one)]).toEqual([one, true]);
  for (const one of ["jos\u00e9@", "jos\u00e9@a..b", "jos\u00e9@a.", "o'hara@a@b", "o'hara @b", "@b"]) {
    expect([one, isEmail(one)]).toEqual([one, false]);
  }
});
