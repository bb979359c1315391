import { readDevelopers } from "../../provider/sei/codec/developers.js";
import { developersCsv } from "../../provider/sei/codec/developers-csv.js";
import { mappingBodies } from "../../provider/sei/codec/field-mappings.js";
import { readIdentityRecords } from "../../provider/sei/codec/identities.js";
import { placeIn } from "../../provider/sei/codec/place.js";
import { flatten } from "../../provider/sei/codec/record.js";
import { readSchema } from "../../provider/sei/codec/schema.js";
import { isAboutTheKey, upsertForms, upsertRecords } from "../../provider/sei/codec/upsert.js";
import { readVersionId } from "../../provider/sei/codec/version-id.js";
import { UnreadableAnswerError } from "../../provider/sei/errors.js";
import { describeShape } from "../../provider/sei/shape/describe.js";
import { recogniseByColumns } from "../../provider/sei/shape/mapping-by-columns.js";
import { type MappingForm, recogniseMapping } from "../../provider/sei/shape/mapping-entries.js";
import { refusalIn } from "../../provider/sei/shape/refusal.js";
import type { Answer } from "../../provider/sei/transport/request.js";
import { dev, MAPPING } from "../support/people.js";

const answer = (json: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  call: { method: "POST", path: "/v2/developers" },
  status: 200,
  headers: new Map(Object.entries(headers)),
  text: json === undefined ? "" : JSON.stringify(json),
  json,
});
const schemaOf = (...columns: readonly (readonly [string, string])[]) => {
  const schema = readSchema(answer({ fields: columns.map(([columnName, fieldType]) => ({ columnName, fieldType })) }));
  if (schema === null) throw new Error("no schema");
  return schema;
};
const LIST = { method: "GET", path: "/v2/developers" };
const SCHEMA = schemaOf(
  ["Name", "NAME"],
  ["Email", "EMAIL"],
  ["Manager Email", "MANAGER_EMAIL"],
  ["Role", "CUSTOM"],
  ["Team", "CUSTOM"],
);

describe("a record", () => {
  const pairs = (record: Readonly<Record<string, unknown>>) => Object.fromEntries(flatten(record));

  test("keeps its own value where something inside of it has the same key", () => {
    expect(pairs({ Team: "own", attributes: { Team: "inner", Role: "r" } })).toEqual({ Team: "own", Role: "r" });
  });

  test("reports to nobody, where its manager is an object that says no address", () => {
    expect(pairs({ email: "a@b.c", manager: { name: "M", id: 7 } })).toEqual({ email: "a@b.c", manager: "" });
    expect(pairs({ email: "a@b.c", manager: { email: ["m@b.c"] } })).toEqual({ email: "a@b.c", manager: "" });
  });

  test("is entered only so far", () => {
    expect(pairs({ a: { b: { c: { Team: "deep" } } } })).toEqual({});
    expect(pairs({ a: { b: { Team: "near" } } })).toEqual({ Team: "near" });
  });

  test("takes pairs of a name and a value out of lists, and nothing else", () => {
    const fields = [
      { columnName: "Team", value: "x" },
      { columnName: "Role", value: ["not", "text"] },
      { columnName: 7, value: "no name" },
      { columnName: "no value" },
    ];
    expect(pairs({ fields })).toEqual({ Team: "x", Role: "" });
  });
});

describe("developers out of a list and a CSV", () => {
  const header = ["Name", "Email", "Manager Email", "Role", "Team"];

  test("a column that the list leaves out comes from the row of the same person, and is blank without one", () => {
    const records = ["a@x", "B@x"].map((email) => ({ Name: "N", Email: email, "Manager Email": null, Role: "r" }));
    const table = { header, rows: [["N", "A@x", "", "r", "Search"]] };
    const { listed, downloaded, addresses } = readDevelopers(SCHEMA, records, table, LIST);
    expect(listed.map(({ email, attributes }) => [email, attributes["Team"]])).toEqual([
      ["a@x", "Search"],
      ["b@x", ""],
    ]);
    expect(downloaded).toEqual(["a@x"]);
    expect([...addresses]).toEqual([["b@x", "B@x"]]);
  });

  test("a record that leaves a column out which others have is blank there", () => {
    const full = { Name: "N", Email: "a@x", "Manager Email": "", Role: "r", Team: "t" };
    const { listed } = readDevelopers(SCHEMA, [full, { Name: "M", Email: "b@x" }], null, LIST);
    expect({ ...listed[1]?.attributes }).toEqual({ Role: "", Team: "" });
  });

  test("a row that is cut off before the email is of nobody", () => {
    expect(readDevelopers(SCHEMA, [], { header, rows: [["N"]] }, LIST).downloaded).toEqual([""]);
    expect(readDevelopers(SCHEMA, [], { header: [], rows: [] }, LIST).downloaded).toEqual([]);
  });

  test("a CSV without an email, and a record without one, are unreadable, and no value is shown", () => {
    const read = (records: Parameters<typeof readDevelopers>[1], table: Parameters<typeof readDevelopers>[2]) => () =>
      readDevelopers(SCHEMA, records, table, LIST);
    expect(read([], { header: ["Name", "Team"], rows: [["secret", "x"]] })).toThrow(UnreadableAnswerError);
    expect(read([], { header: ["Name", "Team"], rows: [["secret", "x"]] })).toThrow("has no column for the email");
    const full = { Name: "N", Email: "a@x", "Manager Email": "", Role: "r", Team: "t" };
    expect(read([full, { ...full, Email: null }], null)).toThrow("record 2 of its list has no email");
  });
});

describe("identities", () => {
  test("nested the other way round: by integration, as a map or as records", () => {
    const ada = { email: "ada@x", integrationId: 101, identity: "a" };
    expect(readIdentityRecords([{ email: "ada@x", identities: { 101: "a", note: "b" } }])).toEqual([ada]);
    expect(readIdentityRecords([{ email: "ada@x", identities: { 101: { cloudId: "a" } } }])).toEqual([ada]);
    expect(readIdentityRecords([{ integrationId: 101, users: [{ email: "ada@x", userId: "a" }] }])).toEqual([ada]);
  });

  test("of an account that nobody is mapped to are nobody's", () => {
    expect(readIdentityRecords([{ email: null, integrationId: 101, identity: "bot" }])).toEqual([]);
    expect(readIdentityRecords([{ email: "ada@x", identities: null }])).toEqual([]);
  });

  test("of which a part makes no sense are unreadable as a whole: what is not understood might be one", () => {
    const odd = { email: "ada@x", identities: [{ integrationId: 101, identity: "a" }, { what: "is this" }] };
    expect(() => readIdentityRecords([odd])).toThrow(UnreadableAnswerError);
    expect(() => readIdentityRecords([{ email: "ada@x", handle: "secret" }])).toThrow(
      "{ email: string, handle: string }",
    );
  });
});

describe("the id of an upload", () => {
  test("is found in the body, else in the address of what was made", () => {
    expect(readVersionId(answer({ data: { versionId: "v1" } }))).toBe("v1");
    expect(readVersionId(answer({ version: { id: 7 } }))).toBe("7");
    expect(readVersionId(answer({ ok: true }, { location: "/v2/developers/versions/v%201?x=1" }))).toBe("v 1");
    expect(readVersionId(answer(undefined, { location: "https://h/uploads/u1/" }))).toBe("u1");
  });

  test("is missing where neither says one, and that is said with the shape", () => {
    expect(() => readVersionId(answer({ version: { name: "x" } }))).toThrow("{ version: { name: string } }");
    expect(() => readVersionId(answer({ ok: 1 }, { location: "/v2/developers" }))).toThrow("no versionId");
  });
});

describe("the forms of an upsert", () => {
  test("write each column under its key, in an object where the form says so, and a blank as the form says", () => {
    const [first] = upsertForms(MAPPING, null);
    if (first === undefined) throw new Error("no form");
    const ada = dev("ada", { Role: "r" });
    const flat = { Name: "ADA", Email: "ada@example.com", "Manager Email": "", Role: "r", Team: "" };
    expect(upsertRecords([ada], MAPPING, first)).toEqual([flat]);
    // A form that does not know a column writes it under its own name.
    const partial = { ...first, keys: new Map([["Name", "fullName"]]), blank: "absent" as const };
    expect(upsertRecords([ada], MAPPING, partial)).toEqual([{ fullName: "ADA", Email: "ada@example.com", Role: "r" }]);
  });

  test("a missing value can only be about the key, where everybody has one", () => {
    const people = [dev("ada", { Role: "r" }), dev("bob")];
    expect(isAboutTheKey("role", people.slice(0, 1), MAPPING)).toBe(true);
    expect(isAboutTheKey("Role", people, MAPPING)).toBe(false);
    // A manager may be blank.
    expect(isAboutTheKey("MANAGER_EMAIL", people, MAPPING)).toBe(true);
    // A field that nobody knows, or none: then it is about the name and the email.
    for (const field of [null, "whatever"]) {
      expect(isAboutTheKey(field, people, MAPPING)).toBe(true);
      expect(isAboutTheKey(field, [{ ...dev("ada"), name: "" }], MAPPING)).toBe(false);
    }
  });
});

describe("the mapping is written as the server wrote it", () => {
  const first = (form: MappingForm | undefined | null) => {
    if (form == null) throw new Error("not recognised");
    return [...mappingBodies(MAPPING, [form])].slice(0, 2).map(({ body }) => body);
  };

  test("a list at the root: bare, then in `fieldMappings`", () => {
    const entries = [
      { columnName: "Name", fieldType: "NAME", id: 1 },
      { columnName: "Email", fieldType: "EMAIL", id: 2 },
    ];
    const list = [
      { columnName: "Name", fieldType: "NAME", id: 1 },
      { columnName: "Email", fieldType: "EMAIL", id: 2 },
      { columnName: "Manager Email", fieldType: "MANAGER_EMAIL" },
      { columnName: "Role", fieldType: "CUSTOM" },
      { columnName: "Team", fieldType: "CUSTOM" },
    ];
    expect(first(recogniseMapping(entries)?.form)).toEqual([list, { fieldMappings: list }]);
  });

  test("a list of plain names gets the usual properties", () => {
    const form = recogniseMapping({ columns: ["Name", "Email", "Manager Email"] })?.form;
    expect(first(form)[0]).toMatchObject({
      columns: [{ columnName: "Name", fieldType: "NAME" }, { columnName: "Email" }, {}, {}, {}],
    });
  });

  test("a map from type to column keeps its own keys for attributes, and a list of them", () => {
    const core = { NAME: "Name", EMAIL: "Email", MANAGER_EMAIL: "Manager Email" };
    const keyed = recogniseMapping({ fieldMappings: { ...core, ROLE: "Role", CUSTOM_2: "Team" } })?.form;
    expect(first(keyed)[0]).toEqual({ fieldMappings: { ...core, ROLE: "Role", CUSTOM_2: "Team" } });
    const listed = recogniseMapping({ fieldMappings: { ...core, CUSTOM: ["Role"] } })?.form;
    expect(first(listed)[0]).toEqual({ fieldMappings: { ...core, CUSTOM: ["Role", "Team"] } });
  });
});

describe("a preview that could not guess any type", () => {
  const columns = ["Who", "Mail"];

  test("the likeliest of several properties without a type yet is the type", () => {
    const entries = columns.map((column) => ({ column, key: null, fieldType: "", sample: "x y" }));
    const form = recogniseByColumns({ mappings: entries }, columns);
    expect(form).toMatchObject({
      layout: "list",
      path: ["mappings"],
      columnProperty: "column",
      typeProperty: "fieldType",
    });
  });

  test("entries that say nothing of a type are still a list of columns", () => {
    const form = recogniseByColumns([{ header: "Mail" }, { header: "Who" }], columns);
    expect(form).toMatchObject({ layout: "list", path: [], columnProperty: "header", typeProperty: null });
    expect(form?.attributeType).toBeUndefined();
  });

  test("columns by constant are a map, and by anything else nothing", () => {
    expect(recogniseByColumns({ UNMAPPED: ["Who", "Mail"] }, columns)).toMatchObject({ layout: "typeToColumn" });
    expect(recogniseByColumns({ Ada: ["Who", "Mail"] }, columns)).toBeNull();
    expect(recogniseByColumns([{ header: "Mail" }, "Who"], columns)).toBeNull();
  });
});

describe("people in a refusal", () => {
  const emails = (...samples: readonly unknown[]) =>
    refusalIn({
      status: "FAILURE",
      errors: [{ errorType: "DUPLICATE_EMAIL", sampleErrorDevelopers: samples }],
    }).issues.flatMap(({ sampleEmails }) => sampleEmails);

  test("are named by an address, whatever they stand in", () => {
    expect(emails(" Ada@X ", { email: "bob@x" }, { Name: "C", "Work Mail": "c@x" })).toEqual(["ada@x", "bob@x", "c@x"]);
  });

  test("are nobody where there is none; a manager is not them", () => {
    expect(emails("not an address", 7, null, { Name: "D" }, { manager: "m@x" })).toEqual([]);
  });
});

test("the shape of many keys is cut, of very many it is counted, and of nothing it is nothing", () => {
  const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`key${at}`, 1]));
  expect(describeShape(undefined)).toBe("nothing");
  expect(describeShape(keys(24))).not.toContain("...");
  expect(describeShape(keys(25))).toMatch(/key23: number, \.\.\. }$/);
  expect(describeShape(keys(49))).toBe("{ <49 keys>: number }");
});

describe("records as the list has them", () => {
  const mapping = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team", "Site"] };
  const formOf = (places: ReadonlyMap<string, string>) => upsertForms(mapping, null, places)[0];

  test("a column that no record shows stands beside one of its kind, and else beside the core", () => {
    const core = [["Email", placeIn(["person"], "mail")]] as const;
    const team = ["Team", placeIn(["person", "more"], "Team")] as const;
    const keys = formOf(new Map([...core, team]))?.keys;
    expect(keys?.get("Site")).toBe(placeIn(["person", "more"], "Site"));
    expect(keys?.get("Name")).toBe(placeIn(["person"], "Name"));
    expect(formOf(new Map(core))?.keys.get("Site")).toBe(placeIn(["person"], "Site"));
  });

  test("records that show nothing are written flat, under the columns", () => {
    expect(formOf(new Map())?.keys).toEqual(
      new Map(["Name", "Email", "Manager Email", "Team", "Site"].map((column) => [column, column])),
    );
  });
});

test("a developer who has no value in a column has a blank cell of it", () => {
  expect(developersCsv([dev("ada")], { ...MAPPING, attributes: ["Nowhere"] })).toMatch(/,\n$/);
});
