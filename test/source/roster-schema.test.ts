import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { stringify } from "yaml";
import { emailKey, isEmail } from "../../provider/roster/email.js";
import { isLimit } from "../../provider/roster/limit.js";
import { rosterSchemaJson } from "../../provider/source/roster-schema-json.js";
import type { SchemaNode } from "../../provider/source/schema-node.js";
import { withoutUnions } from "../../provider/source/without-unions.js";
import { rulesOf } from "./folder.js";

const SHIPPED = join(__dirname, "../../schema/roster.schema.json");
if (process.env["GOLDEN"] === "write") writeFileSync(SHIPPED, rosterSchemaJson());
const schema = JSON.parse(readFileSync(SHIPPED, "utf8")) as SchemaNode & { $id: string };
const complain = (what: unknown): never => {
  throw new Error(String(what));
};
/** What strict mode only logs is an error here too. */
const ajv = new Ajv2020({ strict: true, logger: { log: complain, warn: complain, error: complain } });
const validate = ajv.compile(schema);

/** Rules that a JSON Schema cannot state; everything else that is refused is a matter of shape. */
const NOT_SHAPE = new Set([
  "CIRCULAR_REFERENCE",
  "DECLARED_IN_TWO_FILES",
  "DUPLICATE_COLUMN",
  "DUPLICATE_EMAIL",
  "DUPLICATE_KEY",
  "EMPTY_ROSTER",
  "DATES_RUN_BACKWARDS",
  "IDENTITY_CLAIMED_TWICE",
  "IN_BOTH_LISTS",
  "INVALID_ALLOW",
  "LIKELY_SLIP",
  "MANAGER_JOINS_LATER",
  "MANAGER_LEAVES_FIRST",
  "MISLEADING_COLUMN",
  "OUTSIDE_SCOPE",
  "PREVIOUS_EMAIL_CLAIMED_TWICE",
  "PREVIOUS_EMAIL_DECLARED",
  "MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS",
  "UNKNOWN_COLUMN",
  "UNKNOWN_INTEGRATION",
]);

async function shapeRules(document: unknown): Promise<readonly string[]> {
  const rules = await rulesOf(stringify(document, { aliasDuplicateObjects: false }));
  return rules.filter((rule) => !NOT_SHAPE.has(rule));
}

test("the shipped file is what the definition says (GOLDEN=write writes it)", () => {
  expect(readFileSync(SHIPPED, "utf8")).toBe(rosterSchemaJson());
});

/** The part of the schema that a JSON pointer of keys leads to, and how a reference names it. */
type Part = readonly [pointer: string, node: SchemaNode];

/** Every node of the schema; `isProperty` for those that are a key of somebody's file. */
function* partsOf(node: unknown, pointer = "", isProperty = false): Generator<readonly [...Part, isProperty: boolean]> {
  if (node === null || typeof node !== "object") return;
  if (isProperty || "type" in node || "anyOf" in node) yield [pointer, node, isProperty];
  for (const [key, inner] of Object.entries(node)) {
    if (key === "examples") continue;
    const below = `${pointer}/${key.replace("$", "%24")}`;
    if (key !== "properties") yield* partsOf(inner, below);
    else for (const [name, property] of Object.entries(inner)) yield* partsOf(property, `${below}/${name}`, true);
  }
}

test("editors are helped: every key has a title and a description, and an example where something can stand", () => {
  const bare: string[] = [];
  let keys = 0;
  for (const [pointer, node, isProperty] of partsOf(schema)) {
    if (!isProperty) continue;
    keys++;
    const wanted = [node.title, node.description, node.not !== undefined || node.examples?.length];
    if (wanted.some((one) => one === undefined || one === "" || one === 0)) bare.push(pointer);
  }
  expect(bare).toEqual([]);
  expect(keys).toBeGreaterThan(45);
});

test("every example and every default is one that the schema takes", () => {
  let tried = 0;
  for (const [pointer, node] of partsOf(schema)) {
    const takes = ajv.compile({ $ref: `${schema.$id}#${pointer}` });
    for (const example of [...(node.examples ?? []), ...(node.default === undefined ? [] : [node.default])]) {
      tried++;
      expect({ pointer, example, taken: takes(example) }).toEqual({ pointer, example, taken: true });
    }
  }
  expect(tried).toBeGreaterThan(50);
});

test("full strict mode takes it, and keywords of one type stay with that type", () => {
  expect(() => new Ajv2020({ strict: true, strictTypes: true }).compile(schema)).not.toThrow();
  expect(
    withoutUnions({ title: "t", type: ["integer", "string", "array"], minimum: 1, pattern: "x", items: {} }),
  ).toEqual({
    title: "t",
    anyOf: [
      { type: "integer", minimum: 1 },
      { type: "string", pattern: "x" },
      { type: "array", items: {} },
    ],
  });
  expect(withoutUnions({ type: ["string", "null"], pattern: "x" })).toEqual({ type: ["string", "null"], pattern: "x" });
});

test("emails and limits are the same in the schema as in the roster", () => {
  const email = ajv.compile({ $ref: `${schema.$id}#/properties/developers/anyOf/0/propertyNames` });
  const limit = ajv.compile({ $ref: `${schema.$id}#/properties/guards/properties/maxDelete` });
  const address = fc.oneof(
    fc.stringMatching(/^[ a.@\t]{0,8}$/),
    fc.string(),
    fc.emailAddress(),
    fc.array(fc.constantFrom(..." a@\u200b\u0007\ufeff\u00ad"), { maxLength: 8 }).map((letters) => letters.join("")),
    fc
      .tuple(fc.constantFrom("mailto:", " MailTo:", "mailto", "\u200b"), fc.emailAddress())
      .map((parts) => parts.join("")),
  );
  fc.assert(fc.property(address, (text) => expect([text, email(text)]).toEqual([text, isEmail(emailKey(text))])));
  const value = fc.oneof(
    fc.stringMatching(/^[ 0-9.%-]{0,6}$/),
    fc.stringMatching(/^\d{1,3}(\.\d)?%$/),
    fc.integer(),
    fc.double(),
  );
  fc.assert(fc.property(value, (text) => expect([text, limit(text)]).toEqual([text, isLimit(text)])));
});

const odd = fc.constantFrom<unknown>(
  null,
  "",
  " ",
  "x",
  "ada@example.com",
  0,
  1,
  -1,
  1.5,
  true,
  [],
  ["x"],
  {},
  { x: "y" },
  { name: "N" },
);
const mostly = (usual: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: odd });
const some = (shape: Record<string, fc.Arbitrary<unknown>>) => fc.record(shape, { requiredKeys: [] });
const column = mostly(fc.constantFrom("x", 7, true, null, ""));
const body = {
  name: mostly(fc.constantFrom("Ada", 7)),
  manager: mostly(fc.constantFrom("ada@example.com", null, "", " Ada@example.com")),
  identities: mostly(
    some({ github: mostly(fc.constantFrom("ada", 7)), 102: mostly(fc.constant("x")), "": fc.constant("x") }),
  ),
  attributes: mostly(some({ name: column, Team: column, " ": fc.constant("x") })),
  Team: column,
  "": fc.constant("x"),
};
const rare = (value: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 30, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const clean = (value: unknown): unknown =>
  value === null || typeof value !== "object"
    ? value
    : Array.isArray(value)
      ? value.map(clean)
      : Object.fromEntries(
          Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : [[key, clean(inner)]])),
        );
const day = mostly(fc.constantFrom("2026-12-01", "2027-06-30", null));
const emails = mostly(fc.constant(["c@example.com"]));
const effective = mostly(some({ from: fc.constant("2026-01-01"), until: day, other: rare(odd) }));
const previousEmails = rare(mostly(fc.constant(["old@example.com"])));
const developer = mostly(some({ ...body, "": rare(fc.constant("x")), effective, previousEmails }));
const document = some({
  version: mostly(fc.constant(1)),
  fields: mostly(
    some({
      name: mostly(fc.constant("Name")),
      email: mostly(fc.constant("Email")),
      managerEmail: mostly(fc.constant("Manager")),
      attributes: mostly(fc.constant(["Team", "name"])),
      other: rare(odd),
    }),
  ),
  // Whether `name` is a column there depends on the whole source, which is no matter of shape.
  defaults: mostly(some({ Team: column })).filter((value) => !Object.hasOwn(Object(value), "name")),
  integrations: mostly(
    some({
      github: mostly(fc.constant(101)),
      jira: mostly(
        some({ id: mostly(fc.constant(102)), applicationType: mostly(fc.constant("JIRA")), other: rare(odd) }),
      ),
      103: rare(fc.constant(1)),
    }),
  ),
  developers: mostly(
    fc.oneof(
      some({ "ada@example.com": developer, " Grace@Example.com": developer, ada: rare(developer) }),
      fc.array(
        mostly(
          fc.record(
            { email: mostly(fc.constantFrom("ada@example.com", "b@example.com")), ...body, "": rare(fc.constant("x")) },
            { requiredKeys: ["email"] },
          ),
        ),
        { maxLength: 2 },
      ),
    ),
  ),
  prune: mostly(fc.constantFrom("none", "managed", "all")),
  guards: mostly(
    some({
      maxDelete: mostly(fc.constantFrom(3, "10%")),
      minDevelopers: mostly(fc.constant(1)),
      protect: mostly(fc.constant(["a@b"])),
      other: rare(odd),
    }),
  ),
  scope: rare(mostly(some({ Team: mostly(fc.constantFrom("x", ["x", 7])), " ": rare(fc.constant("x")) }))),
  manageFields: rare(mostly(fc.constant(["Team", "manager"]))),
  ignoreFields: rare(mostly(fc.constant(["Salary"]))),
  allow: rare(
    mostly(
      fc.array(
        mostly(
          fc.record(
            {
              delete: emails,
              reason: mostly(fc.constant("x")),
              until: mostly(fc.constant("2026-12-31")),
              other: rare(odd),
            },
            { requiredKeys: ["delete"] },
          ),
        ),
        { maxLength: 2 },
      ),
    ),
  ),
  other: rare(odd),
}).map(clean);

test("what the schema refuses the loader refuses, and the reverse", async () => {
  const seen = { valid: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(document, async (one) => {
      const valid = validate(one);
      seen[valid ? "valid" : "refused"]++;
      const rules = await shapeRules(one);
      if (valid === rules.length > 0) throw new Error(`schema: ${valid}, loader: ${rules.join(", ")}`);
    }),
    { numRuns: 600 },
  );
  // Both sides must have been tried.
  expect(Math.min(seen.valid, seen.refused)).toBeGreaterThan(20);
}, 30_000);

test("a roster file of every key is valid", async () => {
  const example = {
    version: 1,
    fields: { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Role", "Team", "Site"] },
    defaults: { Site: "Berlin" },
    integrations: { github: 101, jira: { id: 102, applicationType: "JIRA" } },
    developers: {
      "grace@example.com": { name: "Grace Hopper", Team: "Billing" },
      "ada@example.com": {
        name: "Ada Lovelace",
        manager: "grace@example.com",
        Role: "Staff Engineer",
        identities: { github: "ada", 102: "081de7ae" },
        effective: { from: "2026-12-01", until: "2027-06-30" },
        previousEmails: ["ada.byron@example.com"],
      },
    },
    prune: "all",
    scope: { Team: ["Payments", "Billing"], Site: "Berlin" },
    manageFields: ["Role", "name"],
    ignoreFields: ["Site"],
    guards: { maxDelete: "10%", minDevelopers: 5, protect: ["cto@example.com"] },
    allow: [
      { delete: ["bob@example.com", "eve@example.com"], reason: "Site X closed, HR-123", until: "2026-12-31" },
      { plan: "9f2c4e1ab0d35c77", reason: "Reorganisation, HR-130", until: "2026-12-31" },
    ],
  };
  expect(validate(example)).toBe(true);
  expect(Object.keys(example).sort()).toEqual(Object.keys((schema as { properties?: object }).properties ?? {}).sort());
  expect(await rulesOf(stringify(example))).toEqual([]);
});
