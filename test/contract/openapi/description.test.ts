import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import { documents } from "../documents/documents";
import { METHODS, type Node, operations, ROOT, readDescription } from "./description";
import { claimsOf } from "./evidence";

const description = readDescription();

test("is what its parts say", () => {
  const joined = execFileSync(process.execPath, [join(ROOT, "scripts", "openapi", "main.mjs"), "--print"], {
    encoding: "utf8",
  });
  expect(readFileSync(join(ROOT, "openapi", "sei.yaml"), "utf8")).toBe(joined);
});

test("is valid OpenAPI 3.1", () => {
  // The schema of the OpenAPI Initiative; `$dynamicRef` in it is `$ref`, as ajv resolves the former wrongly.
  const schema = JSON.parse(readFileSync(join(__dirname, "oas-3.1.schema.json"), "utf8"));
  const check = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  check(description);
  expect(check.errors).toBeNull();
});

test("its schemas are valid JSON Schema 2020-12, and its references lead somewhere", () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  for (const schema of Object.values<Node>(description.components.schemas)) {
    ajv.validateSchema(schema);
    expect(ajv.errors).toBeNull();
  }
  for (const { parameters, body, responses } of operations()) {
    const answers = Object.values(responses).flatMap(({ content }) => Object.values(content));
    // Compiles it, references included.
    for (const { check } of [...parameters, ...Object.values(body?.content ?? {}), ...answers]) check(null);
  }
});

test("names every operation once", () => {
  const ids = operations().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("says of every operation, parameter, header, response and field how far it is known, and from where", () => {
  const claims = claimsOf(description);
  const sections = new Map(documents().map(({ name, sections }) => [name, sections]));
  const wrong = claims.filter(({ evidence, source }) => !isFounded(evidence, source, sections));
  expect(wrong).toEqual([]);
  expect(claims.filter(({ kind }) => kind === "operation")).toHaveLength(operations().length);
  for (const kind of ["parameter", "header", "response", "field", "request body", "security scheme"] as const) {
    expect(claims.some((claim) => claim.kind === kind)).toBe(true);
  }
});

function isFounded(evidence: unknown, source: unknown, sections: ReadonlyMap<string, readonly string[]>): boolean {
  if (typeof source !== "string") return false;
  if (evidence === "assumed") return /^sei-api \d+(\.\d+)?$/.test(source);
  const [, document = "", section = ""] = /^([a-z-]+): (.*)$/.exec(source) ?? [];
  return evidence === "documented" && (sections.get(document)?.includes(section) ?? false);
}

test("a field without evidence is found", () => {
  const broken = structuredClone(description);
  delete broken.components.schemas.Preview.properties.errors["x-evidence"];
  const claims = claimsOf(broken).filter(({ evidence }) => evidence === undefined);
  expect(claims.map(({ at }) => at)).toEqual(["/components/schemas/Preview/properties/errors"]);
});

test("nothing in it is left over", () => {
  const text = JSON.stringify(description);
  for (const [kind, all] of Object.entries<Node>(description.components)) {
    if (kind === "securitySchemes") continue;
    for (const name of Object.keys(all)) expect(text).toContain(`"#/components/${kind}/${name}"`);
  }
  for (const item of Object.values<Node>(description.paths)) {
    expect(Object.keys(item).filter((key) => key !== "parameters" && !METHODS.some((one) => one === key))).toEqual([]);
  }
});
