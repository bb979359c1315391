import fc from "fast-check";
import { strings } from "../../provider/roster/strings.js";
import { readDevelopers } from "../../provider/sei/codec/developers.js";
import { readIdentityRecords } from "../../provider/sei/codec/identities.js";
import { readPage } from "../../provider/sei/codec/list.js";
import { readReview } from "../../provider/sei/codec/review.js";
import { readSchema } from "../../provider/sei/codec/schema.js";
import { upsertForms, upsertRecords } from "../../provider/sei/codec/upsert.js";
import { readVersionId } from "../../provider/sei/codec/version-id.js";
import { SeiError } from "../../provider/sei/errors.js";
import { readPreview } from "../../provider/sei/read-preview.js";
import { isObject } from "../../provider/sei/shape/json.js";
import type { Answer } from "../../provider/sei/transport/request.js";

/** JSON made of the words that the recognisers look for, so that they are led into every corner. */
const words = fc.constantFrom(
  "data",
  "developers",
  "fieldMappings",
  "columnName",
  "fieldType",
  "NAME",
  "EMAIL",
  "MANAGER_EMAIL",
  "name",
  "email",
  "managerEmail",
  "manager",
  "attributes",
  "total",
  "count",
  "errors",
  "errorType",
  "DUPLICATE_EMAIL",
  "id",
  "versionId",
  "version",
  "identities",
  "integrationId",
  "identity",
  "added",
  "removed",
  "changeType",
  "status",
  "__proto__",
  "constructor",
  "toString",
  "101",
  "a@b.c",
  "CUSTOM",
);
const leaf = fc.oneof(words, fc.constantFrom(null, true, 0, 101, -1, 1.5, ""), fc.string({ maxLength: 3 }));
const json = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 5, depthSize: "medium" },
    leaf,
    fc.array(tie("node"), { maxLength: 4 }),
    fc.dictionary(words, tie("node"), { maxKeys: 5 }),
  ),
})).node;

function answerOf(value: unknown): Answer {
  const text = JSON.stringify(value);
  return { call: { method: "GET", path: "/x" }, status: 200, headers: new Map(), text, json: JSON.parse(text) };
}

/** Runs it: a result or one of our errors, whose message shows no value that could be somebody's. */
function loudOr<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SeiError)) throw error;
    expect(error.message).not.toContain("a@b.c");
    return null;
  }
}

test("whatever the API answers is read, or refused with an error of ours", () => {
  fc.assert(
    fc.property(json, json, (first, second) => {
      const answer = answerOf(first);
      const schema = loudOr(() => readSchema(answer));
      const page = loudOr(() => readPage(answerOf(second)));
      loudOr(() => readVersionId(answer));
      loudOr(() => readReview(answer));
      loudOr(() => readPreview(answer, { name: "name", email: "email", managerEmail: "manager", attributes: [] }));
      if (page === null) return;
      loudOr(() => readIdentityRecords(page.records));
      if (schema === null) return;
      const read = loudOr(() => readDevelopers(schema, page.records, null, { method: "GET", path: "/v2/developers" }));
      for (const one of read?.listed ?? []) expect(one.email).not.toBe("");
    }),
    { numRuns: 1000 },
  );
});

test("records of an upsert hold every value once, whatever the columns are called", () => {
  const column = fc.oneof(words, fc.string({ minLength: 1, maxLength: 5 }));
  fc.assert(
    fc.property(
      fc.uniqueArray(column, { minLength: 4, maxLength: 6 }),
      ([name = "", email = "", managerEmail = "", ...attributes]) => {
        const mapping = { name, email, managerEmail, attributes };
        const developer = {
          email: "a@b.c",
          name: "A",
          managerEmail: "m@b.c",
          attributes: strings(attributes.map((one, at) => [one, `v${at}`])),
        };
        for (const form of upsertForms(mapping, null)) {
          const [record] = upsertRecords([developer], mapping, form);
          const values = valuesIn(record);
          expect([...values].sort()).toEqual(["A", "a@b.c", "m@b.c", ...attributes.map((_, at) => `v${at}`)].sort());
        }
      },
    ),
  );
});

/** Every value of a record, also those in objects of it. */
function valuesIn(record: unknown): readonly unknown[] {
  return isObject(record) ? Object.values(record).flatMap(valuesIn) : [record];
}
