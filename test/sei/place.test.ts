import fc from "fast-check";
import { containerOf, placeBeside, placeIn, placeInList, placesIn, recordOf } from "../../provider/sei/codec/place";
import { flatten, keysOf } from "../../provider/sei/codec/record";
import type { JsonObject } from "../../provider/sei/shape/json";

const own = (records: readonly JsonObject[]) =>
  placesIn(new Map([...keysOf(records.map(flatten))].map((key) => [key, key])), records);

test.each<[string, JsonObject]>([
  ["flat", { Name: "Ada", Team: "A" }],
  ["an object", { name: "Ada", attributes: { Team: "A", Site: "B" } }],
  ["everything in an object", { fields: { name: "Ada", Team: "A" } }],
  ["an object in an object", { name: "Ada", details: { more: { Team: "A", Site: "B" } } }],
  [
    "a list of names",
    {
      name: "Ada",
      customFields: [
        { name: "Team", value: "A" },
        { name: "Site", value: "B" },
      ],
    },
  ],
  ["a list of keys in an object", { name: "Ada", more: { fields: [{ key: "Team", value: "A" }] } }],
  ["a manager object", { name: "Ada", manager: { email: "boss@example.com" }, attributes: { Team: "A" } }],
])("a record is written as it was listed: %s", (_name, record) => {
  const flat = flatten(record);
  const values = [...own([record])].map(([key, place]) => [place, flat.get(key) ?? ""] as const);
  expect(recordOf(values)).toEqual(record);
});

test("a record with a value says more than one that has null there", () => {
  const records = [
    { name: "Ada", manager: null },
    { name: "Bob", manager: { email: "ada@example.com" } },
  ];
  expect(own(records).get("manager")).toBe(placeIn(["manager"], "email"));
  expect(own([{ name: "Ada", Team: null }]).get("Team")).toBe("Team");
});

test("what no record shows has a place beside the others", () => {
  expect(placeBeside("Team", "Site")).toBe("Site");
  expect(placeBeside(placeIn(["attributes"], "Team"), "Site")).toBe(placeIn(["attributes"], "Site"));
  expect(placeBeside(placeInList(["fields"], "key", "value", "Team"), "Site")).toBe(
    placeInList(["fields"], "key", "value", "Site"),
  );
  expect(own([{ name: "Ada" }]).has("Team")).toBe(false);
});

test("the container of a place", () => {
  expect(containerOf("Team")).toBeNull();
  expect(containerOf(placeIn(["a", "b"], "Team"))).toBe(placeIn(["a"], "b"));
  expect(containerOf(placeInList(["a"], "key", "value", "Team"))).toBe("a");
});

test("any flat record comes back as it was, whatever its keys are called", () => {
  const key = fc
    .string({ minLength: 1, maxLength: 6 })
    .filter((text) => !text.includes("\u001e") && !text.includes("\u001f"));
  fc.assert(
    fc.property(fc.dictionary(key, fc.string()), (record) => {
      const values = [...own([record])].map(([name, place]) => [place, record[name] ?? ""] as const);
      expect(recordOf(values)).toEqual(record);
    }),
  );
});

test("values deeper than records are entered, and managers that say no address, have no place", () => {
  const deep = { meta: { a: { b: { c: { Team: "other" } } } }, attributes: { Team: "A" } };
  expect(own([deep]).get("Team")).toBe(placeIn(["attributes"], "Team"));
  expect(own([{ name: "Ada", manager: { name: "Boss" } }]).has("manager")).toBe(false);
  expect(own([{ name: "Ada", manager: { email: ["boss@example.com"] } }]).has("manager")).toBe(false);
});
