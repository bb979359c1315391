import fc from "fast-check";
import { matchColumns } from "../../provider/sei/codec/columns.js";
import { readTable, writeTable } from "../../provider/sei/codec/csv.js";
import { flatten } from "../../provider/sei/codec/record.js";
import { describeShape } from "../../provider/sei/shape/describe.js";
import { findRecords } from "../../provider/sei/shape/find-records.js";
import { findTotal } from "../../provider/sei/shape/find-total.js";
import { recogniseMapping } from "../../provider/sei/shape/mapping-entries.js";
import { refusalIn } from "../../provider/sei/shape/refusal.js";
import { quote, scrubber } from "../../provider/sei/transport/quote.js";

describe("describeShape", () => {
  test("shows keys and types", () => {
    expect(describeShape({ a: [{ b: 1 }, { b: "x" }], c: null, d: [], e: {} })).toBe(
      "{ a: [2 x { b: number } | { b: string }], c: null, d: [], e: {} }",
    );
  });

  test("never shows a value", () => {
    const secret = "s3cret-value";
    const leaf = fc.constantFrom(secret, 1, true, null);
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 5 },
        leaf,
        fc.array(tie("node"), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom("a", "b", "c"), tie("node")),
      ),
    })).node;
    fc.assert(fc.property(tree, (value) => !describeShape(value).includes(secret)));
  });

  test("does not take people for keys", () => {
    expect(describeShape({ "ada@x.io": { Team: "A" } })).toBe("{ <1 keys>: { Team: string } }");
    expect(describeShape({ 101: "ada", 102: "x" })).toBe("{ <2 keys>: string }");
  });
});

describe("text from outside", () => {
  test("is one short line without addresses", () => {
    expect(quote("a\u2028b\n\u0007c ada@x.io,<bob@y.org>")).toBe("a b c <email>,<<email>>");
    expect(quote("x".repeat(5000))).toHaveLength(303);
  });

  test("never holds the key", () => {
    const key = 'a"b&c/d e';
    const scrub = scrubber(key);
    for (const text of [key, JSON.stringify(key), encodeURIComponent(key), Buffer.from(key).toString("base64")]) {
      expect(scrub(`x ${text} y`)).toContain("[key]");
      expect(scrub(`x ${text} y`)).not.toContain(text);
    }
  });
});

describe("findRecords", () => {
  test.each<[string, unknown]>([
    ["a bare array", [{ a: 1 }]],
    ["developers", { developers: [{ a: 1 }] }],
    ["three objects down", { data: { page: { result: { rows: [{ a: 1 }] } } } }.data],
    ["an unusual name, when it is the only list", { status: "OK", folks: [{ a: 1 }], errors: [] }],
    ["beside an empty list of a surer name", { developers: [], content: [{ a: 1 }] }],
  ])("%s", (_, body) => {
    expect(findRecords(body)?.records).toEqual([{ a: 1 }]);
  });

  test("an empty list only under a usual name", () => {
    expect(findRecords({ developers: [] })?.records).toEqual([]);
    expect(findRecords({ content: null })?.records).toEqual([]);
    expect(findRecords({ warnings: [] })).toBeNull();
    expect(findRecords({ hats: [{ a: 1 }], coats: [{ a: 1 }] })).toBeNull();
    expect(findRecords([1, 2])).toBeNull();
  });
});

test.each<[unknown, number | null]>([
  [{ total: 7 }, 7],
  [{ totalElements: "7" }, 7],
  [{ total_count: 7 }, 7],
  [{ pagination: { totalItems: 7 } }, 7],
  [{ page: 0, _metadata: { total_count: 7 } }, 7],
  [{ count: 7 }, 7],
  [{ count: 2 }, null],
  [{ count: 2, total: 7 }, 7],
  [{ total: -1 }, null],
  [{ total: null }, null],
  [{ page: { totalPages: 3 } }, null],
])("the total in %j is %p", (wrapper, total) => {
  expect(findTotal([wrapper as Record<string, unknown>], 2, new Map())).toBe(total);
});

test("the total may stand in a header", () => {
  expect(findTotal([], 2, new Map([["x-total-elements", "7"]]))).toBe(7);
});

describe("columns and keys", () => {
  const columns = [
    { column: "Manager", type: "ATTRIBUTE", aliases: [] },
    { column: "full_name", type: "NAME", aliases: ["Full Name"] },
    { column: "mail", type: "EMAIL", aliases: [] },
    { column: "boss", type: "MANAGER_EMAIL", aliases: [] },
  ] as const;

  test("the same name beats a usual one", () => {
    expect(matchColumns(columns, ["manager", "Manager", "managerEmail", "email", "name"])).toEqual(
      new Map([
        ["Manager", "Manager"],
        ["full_name", "name"],
        ["mail", "email"],
        ["boss", "managerEmail"],
      ]),
    );
    expect(matchColumns(columns, ["Manager", "mail"]).has("boss")).toBe(false);
  });

  test("no key stands for two columns", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.constantFrom("name", "Name", "full_name", "email", "mail", "manager", "Manager", "boss", "x"),
        ),
        (keys) => {
          const values = [...matchColumns(columns, keys).values()];
          return new Set(values).size === values.length && values.every((value) => keys.some((key) => key === value));
        },
      ),
    );
  });

  test("a manager's name is not the developer's", () => {
    const flat = flatten({
      email: "a@x.io",
      manager: { name: "Grace", email: "g@x.io" },
      profile: { name: "Ada" },
      tags: ["x"],
    });
    expect(Object.fromEntries(flat)).toEqual({ email: "a@x.io", manager: "g@x.io", name: "Ada" });
  });
});

describe("a mapping", () => {
  const columnsOf = (body: unknown) => recogniseMapping(body)?.entries.map(({ column, type }) => [column, type]);

  test("is told from sample rows beside it", () => {
    const body = {
      versionId: "1",
      developers: [{ name: "NAME", email: "a@x.io" }],
      preview: {
        columns: [
          { csvColumn: "N", fieldType: "NAME" },
          { csvColumn: "E", fieldType: "EMAIL" },
          { csvColumn: "T", fieldType: null },
        ],
      },
    };
    expect(columnsOf(body)).toEqual([
      ["N", "NAME"],
      ["E", "EMAIL"],
      ["T", null],
    ]);
  });

  test("of columns in capitals is not taken for types", () => {
    const entries = ["NAME", "EMAIL", "MANAGER_EMAIL", "TEAM"].map((name) => ({
      columnName: name,
      fieldType: name === "TEAM" ? "CUSTOM" : name,
    }));
    expect(columnsOf({ fieldMappings: entries })).toEqual([
      ["NAME", "NAME"],
      ["EMAIL", "EMAIL"],
      ["MANAGER_EMAIL", "MANAGER_EMAIL"],
      ["TEAM", "CUSTOM"],
    ]);
    expect(columnsOf({ columns: entries.map(({ columnName }) => ({ columnName })) })).toHaveLength(4);
  });

  test("is told from remarks beside it", () => {
    const core = { NAME: "N", EMAIL: "E", MANAGER_EMAIL: "M" };
    const remarks = { status: "SUCCESS", versionId: "7", version: 7, message: "ok" };
    expect(columnsOf({ ...remarks, ...core })?.map(([column]) => column)).toEqual(["N", "E", "M"]);
    expect(columnsOf({ ...remarks, N: "NAME", E: "EMAIL", country: "CUSTOM", count: "CUSTOM" })).toEqual([
      ["N", "NAME"],
      ["E", "EMAIL"],
      ["country", "CUSTOM"],
      ["count", "CUSTOM"],
    ]);
  });

  test("is not seen in a developer", () => {
    expect(recogniseMapping({ name: "Ada", email: "ada@x.io", manager_email: "" })).toBeNull();
    expect(recogniseMapping({ developers: [{ name: "Ada", email: "ada@x.io" }] })).toBeNull();
  });
});

describe("refusals", () => {
  test("the two documented bodies, and nothing in a success", () => {
    expect(refusalIn({ status: "error", message: "no" })).toMatchObject({ failed: true, said: "no", issues: [] });
    expect(
      refusalIn({ status: "FAILURE", errors: [{ errorType: "EMPTY_CSV", fieldName: null, errorDeveloperCount: 0 }] }),
    ).toMatchObject({
      failed: true,
      issues: [{ errorType: "EMPTY_CSV", fieldName: null, count: 0 }],
    });
    expect(refusalIn({ status: "SUCCESS", errors: [], developers: [{ status: "error" }] })).toMatchObject({
      failed: false,
      issues: [],
    });
  });

  test("lists further down, plain names, the platform's form", () => {
    expect(refusalIn({ data: { validation: { errors: ["EMPTY_CSV"] } } }).issues).toHaveLength(1);
    expect(refusalIn({ status: "ERROR", code: "INVALID_REQUEST", message: "bad", errors: null })).toMatchObject({
      failed: true,
      said: "bad",
    });
  });
});

test("a CSV comes back as it was written", () => {
  const cell = fc.string().filter((text) => !text.includes("\r"));
  const table = fc.integer({ min: 2, max: 4 }).chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }).map((rows) => ({
      header: Array.from({ length: width }, (_, at) => `c${at}`),
      rows,
    })),
  );
  const call = { method: "GET", path: "/v2/developers" };
  fc.assert(
    fc.property(table, (written) => {
      const answer = {
        call,
        status: 200,
        headers: new Map<string, string>(),
        text: writeTable(written),
        json: undefined,
      };
      expect(readTable(answer)).toEqual(written);
    }),
  );
});

test("of two lists of one name the nearest is taken, and of two loose names the likelier", () => {
  const [near, far] = [{ a: 1 }, { a: 2 }];
  const body = { page: { data: [far], total: 9 }, data: [near], Total_Count: 5, TOTAL: 1 };
  const found = findRecords(body);
  expect(found?.records).toEqual([near]);
  expect(findTotal(found?.wrappers ?? [], 1, new Map())).toBe(1);
});

test("the wrappers of a list are the objects around it, from the root", () => {
  const inner = { rows: [{ a: 1 }] };
  const body = { data: { page: inner, other: { b: 1 } }, status: "OK" };
  expect(findRecords(body)?.wrappers).toEqual([body, body.data, inner]);
});
