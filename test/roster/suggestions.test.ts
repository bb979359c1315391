import { nearest } from "../../provider/roster/rules/nearest.js";
import { nearestEmail } from "../../provider/roster/rules/nearest-email.js";
import { integrationId } from "../../provider/roster/rules/unknown-integration.js";

const many = (count: number, made: (index: string) => string) =>
  Array.from({ length: count }, (_, index) => made(String(index).padStart(3, "0")));
const near = (asked: string, emails: readonly string[]) => nearestEmail(emails)(asked);

test("a word is looked for among a hundred words, not among more", () => {
  const words = many(99, (index) => `word-number-${index}`);
  expect(nearest("manger", [...words, "manager"])).toBe("manager");
  expect(nearest("manger", [...words, "manager", "another"])).toBeNull();
});

test("of equally near addresses the first is meant, wherever the slip is", () => {
  const emails = ["zbcd@x.io", "abca@x.io", "azcd@x.io"];
  for (const some of [emails, [...emails].reverse()]) expect(near("abcd@x.io", some)).toBe("abca@x.io");
});

test("among many others the near one is found", () => {
  const others = many(200, (index) => `person${index}@example.com`);
  expect(near("grcae@example.com", [...others, "grace@example.com", "zoe@example.com"])).toBe("grace@example.com");
  expect(near("zoee@example.com", [...others, "zoe@example.com"])).toBe("zoe@example.com");
  expect(near("ozeanne@example.com", [...others, "zoeanne@example.com"])).toBe("zoeanne@example.com");
});

test("of one mailbox in fifty domains the first fifty are compared, in whatever order they come", () => {
  const here = (count: number) => [...many(count, (index) => `ada@company${index}.example`), "ada@zz.example"];
  for (const turn of [(all: string[]) => all, (all: string[]) => [...all].reverse()]) {
    expect(near("ada@zy.example", turn(here(49)))).toBe("ada@zz.example");
    expect(near("ada@zy.example", turn(here(50)))).toBe("ada@company000.example");
  }
});

test("an address whose @ was forgotten, or typed twice", () => {
  const emails = ["ada@example.com", "zoe@example.com"];
  expect(near("adaexample.com", emails)).toBe("ada@example.com");
  expect(near("ada@@example.com", emails)).toBe("ada@example.com");
});

test("another mailbox in another domain is nobody, however alike the mailboxes are", () => {
  expect(near("adb@other.org", ["ada@example.com"])).toBeNull();
  expect(near("adab@", ["ada@example.com"])).toBeNull();
  expect(near("nobody", ["ada@example.com"])).toBeNull();
});

test("an id of an integration is a whole number in plain digits", () => {
  expect(integrationId("101", new Map())).toBe(101);
  for (const text of ["1e3", "0x10", "1.5", "12 ", "12abc", "007", "0", "-1", "", "99999999999999999999"]) {
    expect([text, integrationId(text, new Map())]).toMatchObject([text, { rule: "UNKNOWN_INTEGRATION" }]);
  }
});
