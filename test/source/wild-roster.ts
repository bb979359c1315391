import fc from "fast-check";
import type { Developer, Identity } from "../../provider/roster/developer.js";
import { emailKey } from "../../provider/roster/email.js";
import { strings } from "../../provider/roster/strings.js";
import type { SetUpRoster } from "../../provider/source/write/declarable-roster.js";

/** What has gone wrong in some tool when a person's name or team was called so. */
export const NASTY = [
  ...[
    "",
    " ",
    "  x",
    "x ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "a\nb",
    "a\r\nb",
    "a\rb",
    "a\n",
    "\n\n  a",
    "a\u2028b",
    "a\u2029b",
  ],
  ...[
    "\u0085",
    "\ufeff",
    "\ufeffa",
    "\u00a0",
    "\u200b",
    "\u202eabc",
    "\u0000",
    "\u0007",
    "\u001b[2J",
    "\u007f",
    "\u009f",
  ],
  ...[
    "\ud800",
    "a\udc00b",
    "\udc00\ud800",
    "\uffff",
    "\ufffd",
    "\u{1fffe}",
    "\u{e0001}",
    "\u{10ffff}",
    "👩‍💻",
    "Zoë",
    "李雷",
    "é",
  ],
  ...[
    "007",
    "1e3",
    "0x10",
    "0o7",
    "1_000",
    "12:30:45",
    "-1",
    "+1",
    "1.",
    ".5",
    ".nan",
    ".inf",
    "-.inf",
    "NaN",
    "Infinity",
  ],
  ...["2026-01-01", "2026-01-01T00:00:00Z", "yes", "No", "ON", "off", "y", "n", "true", "False", "null", "Null", "~"],
  ...["=cmd()", "=1+1", "+1-1", "@sum", "-x", "- x", "-", "# x", "a # b", "a: b", "a:", ":a", "? a", "a #", "#"],
  ...[
    "'",
    '"',
    "'a'",
    '"a"',
    'a "b" c',
    "it's",
    "\\",
    "\\n",
    "a\\",
    "%TAG",
    "@a",
    "`a`",
    "&a",
    "*a",
    "!a",
    "!!str a",
    "|",
    ">",
    ">-",
  ],
  ...["{a}", "[a]", "a, b", "{", "}", "[", "]", ",", "a,b", "a;b", "<<", "=", "---", "...", "--- a", "--", "{a: b}"],
  ...["roster", "Roster", "__proto__", "constructor", "toString", "hasOwnProperty", "prototype", "0", "1", "length"],
  ...["x".repeat(1100), "word ".repeat(300), "é".repeat(1100), '"'.repeat(600)],
];

/** Any text. */
export const wild: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 12 }) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...NASTY), fc.constantFrom(...NASTY)).map(([a, b]) => a + b) },
  { weight: 2, arbitrary: fc.stringMatching(/^[A-Z][a-z]{0,8} [A-Z][a-z]{0,8}$/) },
);

/** Names that are keys of ours, or nearly, and spellings of one column. */
const COLUMNS = [
  ...[
    "Team",
    "team",
    "Sub Role",
    "sub_role",
    "name",
    "Name",
    "Full Name",
    "manager",
    "Manager",
    "Manager Email",
    "email",
  ],
  ...[
    "E-Mail",
    "identities",
    "Identity",
    "attributes",
    "effective",
    "previousEmails",
    "previous emails",
    "Names",
    "Mail",
  ],
  ...["developers", "version", "-", "_", ".", "Team ", " Site"],
];

export const wildColumn: fc.Arbitrary<string> = fc.oneof(fc.constantFrom(...COLUMNS), wild);

/** Any text of whole characters. */
const whole: fc.Arbitrary<string> = wild.map((text) => text.replace(/\p{Surrogate}/gu, "\ufffd"));

/** A text that can be a part of an address. */
const addressPart = whole.map((text) => text.replace(/[\s@.\p{Cc}\p{Cf}]+/gu, "")).filter((text) => text !== "");

export const wildEmail: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 3, arbitrary: fc.stringMatching(/^[a-z0-9]{1,4}$/).map((box) => `${box}@example.com`) },
    { weight: 1, arbitrary: fc.tuple(addressPart, addressPart).map(([box, domain]) => `${box}@${domain}.example`) },
  )
  .map(emailKey);

/** An address that is none, as an account may hold it. */
export const badEmail: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: wild.map((text) => emailKey(`x${text}`)).filter((text) => !/@/.test(text)) },
  { weight: 1, arbitrary: wildEmail.map((address) => `mailto:${address}`) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(wildEmail, fc.constantFrom("\u200b", "\u0007", "\u00ad", "\u{e0041}"))
      .map(([address, hidden]) => address.replace("@", `${hidden}@`)),
  },
);

const core = fc.oneof(
  { weight: 3, arbitrary: fc.constant(["Name", "Email", "Manager Email"]) },
  { weight: 1, arbitrary: fc.tuple(wildColumn, wildColumn, wildColumn) },
);

/** Any roster that an account could hold: with circles, managers who are nobody, blank names, shared identities. */
export function wildRoster(
  email: fc.Arbitrary<string> = wildEmail,
  text: fc.Arbitrary<string> = wild,
): fc.Arbitrary<SetUpRoster> {
  const person = fc.record({ email, name: text, manager: fc.nat(9), stranger: email, values: fc.array(text) });
  return fc
    .record({
      core,
      attributes: fc.uniqueArray(fc.oneof(fc.constantFrom("Team", "Role", "Site"), wildColumn), { maxLength: 6 }),
      people: fc.uniqueArray(person, { minLength: 1, maxLength: 8, selector: (one) => one.email }),
      identities: fc.array(
        fc.record({
          who: fc.nat(9),
          integrationId: fc.constantFrom(101, 102, 7, 0, -3, 9007199254740991),
          identity: text,
        }),
        { maxLength: 12 },
      ),
    })
    .map(({ core: [name = "", email = "", managerEmail = ""], attributes, people, identities }) => {
      const columns = attributes.filter((one) => ![name, email, managerEmail].includes(one));
      const developers = people.map(
        (one): Developer => ({
          email: one.email,
          name: one.name,
          managerEmail: one.manager === 9 ? one.stranger : one.manager > 6 ? "" : (people[one.manager]?.email ?? ""),
          attributes: strings(columns.map((column, at) => [column, one.values[at] ?? ""])),
        }),
      );
      return {
        mapping: { name, email, managerEmail, attributes: columns },
        developers: new Map(developers.map((one) => [one.email, one])),
        identities: identities.map(
          ({ who, integrationId, identity }): Identity => ({
            email: people[who]?.email ?? "nobody@example.org",
            integrationId,
            identity,
          }),
        ),
        completeness: { proven: true, count: developers.length },
      };
    });
}
