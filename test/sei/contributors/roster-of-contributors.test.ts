import fc from "fast-check";
import { columnKey, columnsOf } from "../../../provider/roster/field-mapping";
import type { Contributor } from "../../../provider/sei/contributors/contributor";
import { contributorFrom } from "../../../provider/sei/contributors/contributor-record";
import {
  customFields,
  fieldMeant,
  likelyManagerFields,
  rosterOfContributors,
} from "../../../provider/sei/contributors/roster-of-contributors";
import { exportRoster } from "../../../provider/source/write/export-roster";
import { person } from "./v1-server";

const made = (id: number, more: Readonly<Record<string, unknown>> = {}) =>
  contributorFrom(person(id, more)) as Contributor;
const field = (key: string, displayName = key) => ({ key, displayName, type: "string" });

/** Names that others are taken for, and that differ in nothing that counts. */
const NAMES = [
  "Region",
  "region",
  "REGION ",
  "Manager",
  "manager_email",
  "Email",
  "Work Email",
  "Name",
  "full name",
  "id",
  "__proto__",
  "constructor",
  "Team",
  "",
  "a: b #",
  "年",
];
const keys = fc.constantFrom(...NAMES.filter((name) => name !== "").map((name) => name.toLowerCase()));

const account = fc.record({
  fields: fc.uniqueArray(
    fc.record({ key: keys, displayName: fc.constantFrom(...NAMES), type: fc.constant("string") }),
    {
      selector: ({ key }) => key,
      maxLength: 8,
    },
  ),
  people: fc.array(
    fc.record({
      email: fc.constantFrom("a@example.com", "B@example.com", " c@example.com", "", "no address", "d@example.com"),
      values: fc.dictionary(
        keys,
        fc.oneof(fc.string({ maxLength: 5 }), fc.integer(), fc.constant(null), fc.boolean()),
        { maxKeys: 5 },
      ),
    }),
    { minLength: 1, maxLength: 8 },
  ),
  manager: fc.boolean(),
});

test("whatever the fields are called: every column has its own name, nothing is lost, and the YAML is valid", () => {
  fc.assert(
    fc.property(account, ({ fields, people, manager }) => {
      // A roster of nobody is none.
      const all = [...people, { email: "always@example.com", values: {} }];
      const contributors = all.map(({ email, values }, at) =>
        made(at + 1, { email, additional_fields: values, integration_user_ids: [] }),
      );
      const schema = { version: "1", fields };
      const own = (key: string) => !["email", "fullname"].includes(columnKey(key));
      const managerField = manager ? (fields.find(({ key }) => own(key))?.key ?? null) : null;
      const { roster, ...leftOut } = rosterOfContributors(contributors, schema, managerField);
      const columns = columnsOf(roster.mapping).map(([column]) => columnKey(column));
      expect(new Set(columns).size).toBe(columns.length);
      const told = [leftOut.withoutEmail, leftOut.withBadEmail, leftOut.withEmailOfAnother].flat();
      expect(roster.developers.size + told.length).toBe(contributors.length);
      for (const { id, email, additionalFields } of contributors) {
        if (told.includes(id)) continue;
        const developer = roster.developers.get(email.trim().toLowerCase());
        const texts = [developer?.managerEmail, ...Object.values(developer?.attributes ?? {})];
        for (const [key, value] of Object.entries(additionalFields)) {
          if (!own(key) || value === null) continue;
          expect(texts).toContain(key === managerField ? String(value).trim().toLowerCase() : String(value));
        }
      }
      const written = exportRoster(roster, { kind: "yaml" }, new Map(), "2026-01-01", manager ? "known" : "unknown");
      expect([[...written.errors], written.planIs]).toEqual([[], "empty"]);
      expect(written.notes.filter(({ kind }) => kind === "columnsLeftOut" || kind === "fieldsLeftOut")).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("of two with one email the lower id stays, as a number", () => {
  const people = [
    made(10, { email: "x@example.com" }),
    made(9, { email: "X@example.com " }),
    made(11, { email: "x@example.com" }),
  ];
  const { roster, withEmailOfAnother } = rosterOfContributors(people, { version: null, fields: [] }, null);
  expect([[...roster.developers.values()].map(({ name }) => name), withEmailOfAnother]).toEqual([
    ["Person 9"],
    ["10", "11"],
  ]);
});

test("the name of a core column is the account's where anybody would know it", () => {
  const schema = {
    version: null,
    fields: [field("full_name", "Display Name"), field("email", "Login"), field("boss", "Reports To")],
  };
  expect(rosterOfContributors([made(1)], schema, "boss").roster.mapping).toEqual({
    name: "Display Name",
    email: "Email",
    managerEmail: "Reports To",
    attributes: ["region"],
  });
});

test("which field is meant: the key before the name, exact before loose", () => {
  const schema = {
    version: null,
    fields: [field("lead", "boss"), field("boss", "Lead"), field("Reports_To", "Chief")],
  };
  const meant = (text: string) => fieldMeant(text, schema, [made(1)]);
  expect(["boss", "Lead", "lead", "reports to", "CHIEF", "region", "nothing", "email"].map(meant)).toEqual([
    "boss",
    "boss",
    "lead",
    "Reports_To",
    "Reports_To",
    "region",
    null,
    null,
  ]);
});

test("values that are lists are their items, objects are JSON, and how many there were is told", () => {
  const values = { langs: ["ts", "go"], mixed: ["ts", { since: 1 }], home: { city: "Berlin" }, plain: "x" };
  const { roster, nestedValues } = rosterOfContributors(
    [made(1, { additional_fields: values })],
    { version: null, fields: [] },
    null,
  );
  expect(roster.developers.get("p1@example.com")?.attributes).toEqual({
    langs: "ts, go",
    mixed: '["ts",{"since":1}]',
    home: '{"city":"Berlin"}',
    plain: "x",
  });
  expect(nestedValues).toBe(3);
});

test("ids that are no numbers are in the order of their texts; an integration without a number has none", () => {
  const people = ["b", "a"].map((id) =>
    made(1, { id, email: "x@example.com", integration_user_ids: [{ integration_id: "hub", user_id: id }] }),
  );
  const { roster, withEmailOfAnother } = rosterOfContributors(people, { version: null, fields: [] }, null);
  expect(withEmailOfAnother).toEqual(["b"]);
  expect(roster.identities).toEqual([{ email: "x@example.com", integrationId: Number.NaN, identity: "a" }]);
});

test("a schema that names a field twice has one column of it", () => {
  const schema = { version: null, fields: [field("region", "Region"), field("region", "Region")] };
  expect(rosterOfContributors([made(1)], schema, null).roster.mapping.attributes).toEqual(["Region"]);
});

test("the fields that may hold the manager's email, by their key or by their name", () => {
  const fields = [field("boss", "Reports To"), field("manager_email", "Lead"), field("team", "Team")];
  expect(likelyManagerFields(fields)).toEqual(["boss", "manager_email"]);
  expect(customFields([...fields, field("email"), field("integration:7")], []).map(({ key }) => key)).toEqual([
    "boss",
    "manager_email",
    "team",
  ]);
});
