import { strings } from "../../provider/roster/strings.js";
import type { SetUpRoster } from "../../provider/source/write/declarable-roster.js";
import { exportRoster } from "../../provider/source/write/export-roster.js";
import { fileNames } from "../../provider/source/write/file-names.js";
import { noteText } from "../../provider/source/write/note.js";
import { dev, live } from "../support/people.js";
import { TODAY } from "./folder.js";

/** An account that breaks rules: what its export says, and what it leaves out. */
const ODD: SetUpRoster = {
  ...live([
    dev("ada", { manager: "bob", Role: "=cmd()" }),
    dev("bob", { manager: "ada" }),
    dev("eve", { name: " ", manager: "gone", Team: "1e3" }),
    dev("zoe", { Role: "a\nb", Team: "Café & Co" }),
  ]),
  mapping: {
    name: "Name",
    email: "Email",
    managerEmail: "Manager Email",
    attributes: ["Role", "Team", "team"],
  },
  identities: [
    { email: "zoe@example.com", integrationId: 101, identity: "zoe-2" },
    { email: "zoe@example.com", integrationId: 101, identity: "zoe\n# prune: all" },
    { email: "zoe@example.com", integrationId: 7, identity: "007" },
    { email: "ada@example.com", integrationId: 102, identity: "shared" },
    { email: "bob@example.com", integrationId: 102, identity: "shared" },
    { email: "bob@example.com", integrationId: 0, identity: "zero" },
    { email: "gone@example.com", integrationId: 101, identity: "gone" },
  ],
};

test("the YAML of an account that breaks rules", () => {
  const { files, notes, planIs } = exportRoster(ODD, { kind: "yaml" }, new Map([[101, "github"]]), TODAY);
  expect(planIs).toBe("empty");
  expect(
    files[0]?.text,
  ).toBe(`# yaml-language-server: $schema=./node_modules/pulumi-harness-sei/schema/roster.schema.json
version: 1
fields:
  name: Name
  email: Email
  managerEmail: Manager Email
  attributes:
    - Role
integrations:
  github: 101
developers:
  ada@example.com:
    name: ADA
    Role: "=cmd()"
    # manager: "bob@example.com" in the account, which makes a circle
    # identity of 102: "shared" in the account, held by others too
  bob@example.com:
    name: BOB
    Role: ""
    # manager: "ada@example.com" in the account, which makes a circle
    # identity of 102: "shared" in the account, held by others too
  eve@example.com:
    Role: ""
    # name: blank in the account; a name cannot be cleared
    # manager: "gone@example.com" in the account, who is not on the roster
  zoe@example.com:
    name: ZOE
    manager: null
    Role: "a\\nb"
    identities:
      7: "007"
      github: "zoe\\n# prune: all" # and "zoe-2"
`);
  expect(notes.map(noteText)).toEqual([
    '2 columns left out, because another one is spelled alike, it has no name of its own, or it is called as another field is: "Team", "team". The live values stay',
    "1 developer without a name: a name cannot be cleared, so none is declared",
    "1 manager not declared, because they are not on the roster; a comment says who. The live value stays",
    "2 managers not declared, because people report to each other in a circle; a comment says who. The live value stays",
    "1 identity besides the first of their integration: one can be declared, the others are in comments",
    "2 identities held by several developers: nobody declares them, a comment says which",
    "1 identity without a user id or integrationId that can be declared; they stay as they are",
    "1 identity of people who are not on the roster: they cannot be declared, and stay as they are",
  ]);
});

test("a CSV of it would be refused, and says by which rules", () => {
  const { files, notes, errors, warnings, planIs } = exportRoster(
    ODD,
    { kind: "csv", beside: false },
    new Map(),
    TODAY,
  );
  expect(files[0]?.text).toBe(
    [
      "Name,Email,Manager Email,Role",
      "ADA,ada@example.com,bob@example.com,=cmd()",
      "BOB,bob@example.com,ada@example.com,",
      '" ",eve@example.com,gone@example.com,',
      'ZOE,zoe@example.com,,"a',
      'b"',
      "",
    ].join("\n"),
  );
  expect([planIs, notes.map(({ kind }) => kind)]).toEqual(["none", ["columnsLeftOut", "identitiesNotInCsv"]]);
  expect([Object.fromEntries(errors), Object.fromEntries(warnings)]).toEqual([
    { REQUIRED_VALUE_MISSING: 1, CIRCULAR_REFERENCE: 1, MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS: 1 },
    { CSV_FORMULA: 1 },
  ]);
});

test("a column that is named like a key of ours stands under attributes", () => {
  const roster: SetUpRoster = {
    ...live([]),
    mapping: {
      name: "Full",
      email: "Email",
      managerEmail: "Manager Email",
      attributes: ["manager", "Team ", "__proto__"],
    },
    developers: new Map([
      [
        "ada@example.com",
        {
          email: "ada@example.com",
          name: "Ada",
          managerEmail: "",
          attributes: strings([
            ["manager", "yes"],
            ["Team ", "Core"],
            ["__proto__", "x"],
          ]),
        },
      ],
    ]),
  };
  const { files, notes } = exportRoster(roster, { kind: "yaml" }, new Map(), TODAY);
  expect(notes).toEqual([]);
  expect(files[0]?.text).toContain(`developers:
  ada@example.com:
    name: Ada
    manager: null
    Team: Core
    "__proto__": x
    attributes:
      manager: "yes"
`);
});

test("an account without anybody: what is written says so, and is refused until somebody is declared", () => {
  const empty: SetUpRoster = { ...live([]), mapping: { name: "N", email: "E", managerEmail: "M", attributes: [] } };
  const { files, errors } = exportRoster(empty, { kind: "yaml" }, new Map(), TODAY);
  expect([files[0]?.text.endsWith("  attributes: []\ndevelopers: {}\n"), [...errors]]).toEqual([
    true,
    [["EMPTY_ROSTER", 1]],
  ]);
});

test("columns that only their spelling tells apart from a core column: the mapping is left alone", () => {
  const roster: SetUpRoster = {
    ...live([dev("ada")]),
    mapping: { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Role", "e-mail"] },
  };
  const { files, notes, planIs } = exportRoster(roster, { kind: "yaml" }, new Map(), TODAY);
  expect([planIs, files[0]?.text.includes("fields:")]).toEqual(["empty", false]);
  expect(notes.map(({ kind }) => kind)).toEqual(["fieldsLeftOut", "columnsLeftOut"]);
});

test.each([
  ["Payments", "payments"],
  ["payments", "payments-df384ae9"],
  ["R&D / Ops", "r-d-ops"],
  ["Con", "con-3b6f52aa"],
  ["../../etc/passwd", "etc-passwd"],
  ["Café", "cafe"],
  ["支付", "value-5d3ba34c"],
  ["...", "value-ab5df625"],
  ["C", "c"],
  ["C++", "c-f1deb75f"],
  ["roster", "roster-c6836f7a"],
  ["x".repeat(90), `${"x".repeat(60)}-efdfd9ee`],
])("a file for %j is called %s, in the company of the others", (value, name) => {
  const others = ["Payments", "payments", "C", "C++", "roster"];
  expect(fileNames([value, ...others], ["roster"]).get(value)).toBe(name);
});

test("half of a character stays live: no source can hold it, and a comment says where it is", () => {
  const mapping = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team", "Site"] };
  const ada = {
    email: "ada@example.com",
    name: "Ada \ud800",
    managerEmail: "",
    attributes: strings([
      ["Team", "\udc00"],
      ["Site", "Berlin"],
    ]),
  };
  const roster: SetUpRoster = { ...live([]), mapping, developers: new Map([[ada.email, ada]]) };
  const { files, notes, planIs } = exportRoster(roster, { kind: "yaml" }, new Map(), TODAY);
  expect([notes, planIs]).toEqual([[{ kind: "brokenTexts", count: 2 }], "empty"]);
  expect(files[0]?.text).toContain(`  ada@example.com:
    manager: null
    Site: Berlin
    # name: "Ada \\ud800" in the account, which holds half of a character
    # Team: "\\udc00" in the account, which holds half of a character
`);
});
