import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { CHECK_NAMES, STATUSES } from "../../provider/doctor/check";
import { examinationJson } from "../../provider/doctor/examination-json";
import { examinationLines } from "../../provider/doctor/examination-text";
import type { Examination } from "../../provider/doctor/examine";
import { start, started } from "../simulator/support";
import { examined } from "./patient";

const SCHEMA = JSON.parse(
  readFileSync(join(__dirname, "..", "..", "schema", "doctor.schema.json"), "utf8"), //
);
const isExamination = new Ajv2020({ strict: true, allErrors: true }).compile(SCHEMA);

function problemsOf(text: string): unknown {
  return isExamination(JSON.parse(text)) ? null : [isExamination.errors, text];
}

test("in the documented form: an account in order, one without setup, a wrong key, nothing there", async () => {
  const [full, fresh] = await Promise.all([started(), start()]);
  await full.identify([{ email: "ada@example.com", integrationId: 101, identity: "ada" }]);
  const examinations = await Promise.all([
    examined({ url: full.url }),
    examined({ url: full.url, key: "wrong" }),
    examined({ url: fresh.url, people: "masked" }),
    examined({ url: "http://127.0.0.1:9" }),
  ]);
  for (const one of examinations) {
    for (const people of ["names", "masked"] as const) expect(problemsOf(examinationJson(one, people))).toBeNull();
  }
  expect(JSON.parse(examinationJson(examinations[0] as Examination, "names"))).toMatchObject({
    version: 1,
    target: { endpoint: full.url, account: "" },
    healthy: true,
    summary: { ok: 9, warning: 1, problem: 0, unknown: 1 },
  });
  expect(JSON.parse(examinationJson(examinations[1] as Examination, "names"))).toMatchObject({ healthy: false });
});

test("the schema knows every check and status, and refuses what is none", () => {
  const { properties } = SCHEMA.properties.checks.items;
  expect(properties.name.enum).toEqual([...CHECK_NAMES]);
  expect(properties.status.enum).toEqual([...STATUSES]);
  const whole = {
    version: 1,
    target: { endpoint: "https://example.com", account: "" },
    healthy: true,
    summary: { ok: 1, warning: 0, problem: 0, unknown: 0 },
    checks: [{ name: "key", status: "ok", says: "x", details: [], counts: { forms: 1 } }],
  };
  expect(isExamination(whole)).toBe(true);
  const [check] = whole.checks;
  const slips: [string, unknown][] = [
    ["another version", { ...whole, version: 2 }],
    ["no health", { ...whole, healthy: undefined }],
    ["a key of nobody's", { ...whole, apiKey: "x" }],
    ["a status that is none", { ...whole, checks: [{ ...check, status: "bad" }] }],
    ["a check that is none", { ...whole, checks: [{ ...check, name: "weather" }] }],
    ["a count that is none", { ...whole, checks: [{ ...check, counts: { forms: "1" } }] }],
  ];
  for (const [what, json] of slips)
    expect([what, isExamination(JSON.parse(JSON.stringify(json)))]).toEqual([what, false]);
});

test("as text: aligned, on one line each, masked where it must be, with the sum at the end", () => {
  const examination = {
    endpoint: "",
    account: "",
    shapes: {},
    checks: [
      { name: "key", status: "ok", says: "accepted", todo: "" },
      { name: "whole read", status: "problem", says: "eve@example.com\nok       key", todo: "ask bob@example.com" },
      { name: "identities", status: "warning", says: "x", details: ["y"] },
    ],
  } as unknown as Examination;
  expect(examinationLines(examination, "masked")).toEqual([
    "ok       key         accepted",
    "problem  whole read  e***@example.com ok       key",
    "                     -> ask b***@example.com",
    "warning  identities  x",
    "                     y",
    "",
    "1 ok, 1 warning, 1 problem, 0 unknown",
  ]);
  expect(examinationLines(examination, "names").join()).toContain("eve@example.com");
});
