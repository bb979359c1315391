import { canonicalRoster } from "../../provider/roster/canonical-roster.js";
import type { DeclaredRoster } from "../../provider/source/declared.js";
import { InvalidSourceError, rosterFromCode } from "../../provider/source/load-roster.js";
import { loadText, TODAY } from "./folder.js";

/** Programs may not be type-checked. */
function refused(declared: unknown): readonly string[] {
  try {
    rosterFromCode(declared as DeclaredRoster, { asOf: TODAY });
  } catch (error) {
    if (error instanceof InvalidSourceError) {
      expect(error.findings.every(({ place }) => place === null)).toBe(true);
      return error.findings.map(({ rule, message }) => `${rule} ${message}`);
    }
    throw error;
  }
  return [];
}

test("code and YAML that say the same make the same roster", async () => {
  const { roster } = rosterFromCode(
    {
      fields: { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Role", "Level"] },
      integrations: { github: 101 },
      developers: [
        { email: " Grace@example.com ", name: "Grace Hopper", manager: null },
        {
          email: "ada@example.com",
          manager: "GRACE@example.com",
          identities: { github: "ada", 102: 7 },
          attributes: { Role: null, Level: 3 },
        },
      ],
      prune: "all",
      guards: { maxDelete: "10%", protect: ["CTO@example.com"] },
    },
    { asOf: TODAY },
  );
  const file = await loadText(`version: 1
prune: all
guards: { protect: [cto@example.com], maxDelete: 10% }
integrations: { github: 101 }
fields: { name: Name, email: Email, managerEmail: Manager Email, attributes: [Role, Level] }
developers:
  ada@example.com: { manager: grace@example.com, identities: { github: ada, 102: 7 }, Role: , Level: 3 }
  grace@example.com: { name: Grace Hopper, manager: "" }
`);
  expect(canonicalRoster(roster)).toBe(canonicalRoster(file.roster));
});

test("undefined is a key left out", () => {
  const { roster, files, governs, placeOf } = rosterFromCode(
    {
      developers: {
        "ada@example.com": { name: "Ada", manager: undefined, attributes: { Role: undefined, Team: "x" } },
        "bob@example.com": null,
      },
      fields: undefined,
      prune: undefined,
    },
    { asOf: TODAY },
  );
  expect(roster.developers.get("ada@example.com")).toEqual({
    email: "ada@example.com",
    name: "Ada",
    attributes: { Team: "x" },
    identities: new Map(),
  });
  expect(roster).not.toHaveProperty("prune");
  expect([files, governs, placeOf("ada@example.com")]).toEqual([[], {}, null]);
});

test("messages begin with the key path", () => {
  class Person {
    readonly name = "Ada";
  }
  const circle: Record<string, unknown> = {};
  circle["self"] = circle;
  expect(
    refused({
      developers: {
        "ada@example.com": { name: () => "Ada", manager: "grace@example.com", manger: "x", Role: ["x"] },
        "bob@example.com": {
          name: "",
          identities: { github: "b", 101: Number.NaN },
          attributes: { "Start Date": new Date(0), loop: circle },
        },
        "eve@example.com": new Person(),
        eve: {},
      },
      integrations: { github: 101 },
      guards: { maxDelete: "ten", maxDeletes: 1, protect: ["x"] },
      prune: "some",
      effective: {},
    }),
  ).toEqual([
    'INVALID_EMAIL developers.eve: the key of a developer must be an email address; it is "eve"',
    'INVALID_EMAIL guards.protect[0]: guards.protect must hold email addresses; "x" is none',
    'INVALID_LIMIT guards.maxDelete: guards.maxDelete must be a count from 0, or a share such as "10%"; it is "ten"',
    'REQUIRED_VALUE_MISSING developers["bob@example.com"].name: the name of bob@example.com is blank; a name cannot be cleared',
    'UNKNOWN_KEY developers["ada@example.com"].manger: there is no key "manger" in a developer',
    'UNKNOWN_KEY effective: there is no key "effective"',
    'UNKNOWN_KEY guards.maxDeletes: there is no key "maxDeletes" in guards',
    'WRONG_TYPE developers["ada@example.com"].Role: Role must be text, or null to clear it; it is a list',
    'WRONG_TYPE developers["ada@example.com"].name: name must be text; it is function',
    'WRONG_TYPE developers["bob@example.com"].attributes.loop: attributes.loop must be text, or null to clear it; it is a mapping',
    'WRONG_TYPE developers["bob@example.com"].attributes["Start Date"]: attributes.Start Date must be text, or null to clear it; it is an object of class Date',
    'WRONG_TYPE developers["bob@example.com"].identities["101"]: identities.101 must be a user id; it is NaN',
    'WRONG_TYPE developers["eve@example.com"]: this must be a mapping with name, manager, identities and columns; it is an object of class Person',
    'WRONG_VALUE prune: prune must be none, managed or all; it is "some"',
  ]);
});

test("a manager, a circle and a doubled person are named by their paths", () => {
  expect(
    refused({
      developers: [
        { email: "ada@example.com", manager: "grace@exmple.com" },
        { email: "grace@example.com", manager: "grace@example.com" },
        { email: "Ada@example.com" },
      ],
    }),
  ).toEqual([
    "CIRCULAR_REFERENCE developers[1].manager: grace@example.com is their own manager",
    "DUPLICATE_EMAIL developers[2].email: ada@example.com is declared more than once; the other place is developers[0].email",
    "MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS developers[0].manager: grace@exmple.com, the manager of ada@example.com, is not on the roster",
  ]);
});

test("nobody is refused, and so is what is no roster", () => {
  expect(refused({ developers: [] })).toEqual([
    "EMPTY_ROSTER nobody is declared; a roster without developers is refused",
  ]);
  expect(refused({ developers: {} })).toHaveLength(1);
  expect(refused({})).toHaveLength(1);
  for (const wrong of [null, undefined, "x", 7, [], () => 1, Promise.resolve({})])
    expect(refused(wrong)).not.toEqual([]);
});

test("__proto__ pollutes nothing", () => {
  const developers = JSON.parse(
    '{ "ada@example.com": { "attributes": { "__proto__": "x", "constructor": "y" } } }',
  ) as DeclaredRoster["developers"];
  const { roster } = rosterFromCode({ developers }, { asOf: TODAY });
  expect(Object.entries(roster.developers.get("ada@example.com")?.attributes ?? {})).toEqual([
    ["__proto__", "x"],
    ["constructor", "y"],
  ]);
});
