import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { CATALOGUE } from "../../provider/source/catalogue/rule-catalogue.js";
import type { Finding } from "../../provider/source/finding.js";
import { findingsAsJson } from "../../provider/source/findings/findings-as-json.js";
import { findingsAsSarif } from "../../provider/source/findings/findings-as-sarif.js";
import { findingsAsText } from "../../provider/source/findings/findings-as-text.js";
import { findingsForGitHub } from "../../provider/source/findings/findings-for-github.js";
import { fingerprints } from "../../provider/source/findings/fingerprints.js";
import { type Validation, validateSource } from "../../provider/source/findings/validation.js";
import { folderWith, TODAY } from "../source/folder.js";
import { EXAMPLES } from "./rule-examples.js";
import { sarifSchema } from "./sarif-schema.js";

const SCHEMA = join(__dirname, "..", "..", "schema", "findings.schema.json");
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
ajv.addFormat("uri-reference", /^[A-Za-z0-9\-._~!$&'()*+,;=@%/]*$/);
const isJson = ajv.compile(JSON.parse(readFileSync(SCHEMA, "utf8")));
const isSarif = ajv.compile(sarifSchema);

function problemsOf(validate: typeof isJson, text: string): unknown {
  return validate(JSON.parse(text)) ? null : [validate.errors, text];
}

function found(findings: readonly Finding[]): Validation {
  const valid = findings.every(({ severity }) => severity === "warning");
  return { asOf: TODAY, valid, files: ["a.yaml"], developers: valid ? 1 : null, findings, sources: new Map() };
}

/** What somebody could write into a roster to make a tool do something. */
const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.constantFrom(
        ...[
          "::set-output name=a::b",
          "::error::",
          "\n",
          "\r",
          "\r\n",
          "\u0085",
          "\u2028",
          "%0A",
          "%",
          ",",
          ":",
          "\u001b[2J",
        ],
        ...["##[command]", "::", "x", "title=", "](https://example.com)", "{0}", "\ud800", "é", "/", "../"],
      ),
    )
    .map((parts) => parts.join("")),
);

const finding: fc.Arbitrary<Finding> = fc.record(
  {
    severity: fc.constantFrom("error" as const, "warning" as const),
    rule: fc.constantFrom(...CATALOGUE.keys()),
    message: hostile.map((text) => `it is ${text}`),
    hint: hostile.map((text) => `did you mean ${text}`),
    place: fc.record({
      file: hostile.map((text) => `f${text}`),
      line: fc.integer({ min: 1 }),
      column: fc.integer({ min: 1 }),
    }),
  },
  { requiredKeys: ["severity", "rule", "message", "place"] },
);

test("whatever somebody writes, each finding is one workflow command, and the runner reads back what we said", () => {
  fc.assert(
    fc.property(fc.array(finding, { minLength: 1, maxLength: 5 }), (findings) => {
      const lines = findingsForGitHub(found(findings), { quiet: true }).split(/\r\n|\r|\n/);
      const commands = lines.filter((line) => line.trimStart().startsWith("::"));
      expect(commands).toHaveLength(findings.length);
      const sorted = [...findings].sort((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"));
      expect(commands.map(readCommand)).toEqual(
        sorted.map(({ severity, rule, message, hint, place }) => ({
          name: severity,
          properties: { file: place?.file, line: String(place?.line), col: String(place?.column), title: rule },
          message: hint === undefined ? message : `${message}\nhint: ${hint}`,
        })),
      );
    }),
  );
});

/** As the runner of GitHub Actions reads a command. */
function readCommand(line: string) {
  const [, name = "", list = "", message = ""] = /^::(\S+) (.*?)::(.*)$/s.exec(line) ?? [];
  const read = (text: string): string =>
    text
      .replaceAll("%0D", "\r")
      .replaceAll("%0A", "\n")
      .replaceAll("%3A", ":")
      .replaceAll("%2C", ",")
      .replaceAll("%25", "%");
  const properties = list.split(",").map((pair) => {
    const at = pair.indexOf("=");
    return [pair.slice(0, at), read(pair.slice(at + 1))];
  });
  const data = message.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
  return { name, properties: Object.fromEntries(properties), message: data };
}

test("GitHub shows ten of each: errors come before warnings, and a last line says how many there are", () => {
  const one = (severity: Finding["severity"], message: string): Finding => ({
    severity,
    rule: "CSV_FORMULA",
    message,
    place: { file: "a,b:c.csv", line: 2, column: 3 },
  });
  expect(findingsForGitHub(found([one("warning", "w"), one("error", "100% wrong")]), { quiet: false })).toBe(
    [
      "::error file=a%2Cb%3Ac.csv,line=2,col=3,title=CSV_FORMULA::100%25 wrong",
      "::warning file=a%2Cb%3Ac.csv,line=2,col=3,title=CSV_FORMULA::w",
      "not valid: 1 error and 1 warning (GitHub shows the first 10 of each at their lines)",
    ].join("\n"),
  );
});

test("whatever somebody writes, a line of text begins with a place, a frame or a hint, and holds nothing that a terminal acts on", () => {
  fc.assert(
    fc.property(fc.array(finding, { minLength: 1, maxLength: 3 }), (findings) => {
      const text = findingsAsText(found(findings), { all: true, quiet: true });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to look for.
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/);
      expect(text.split("\n").filter((line) => /^\s*::/.test(line))).toEqual([]);
    }),
  );
});

test("SARIF and JSON of whatever somebody writes are what their schemas say, and hold every finding", () => {
  fc.assert(
    fc.property(fc.array(finding, { maxLength: 5 }), (findings) => {
      const sarif = findingsAsSarif(found(findings), "1.2.3");
      expect(problemsOf(isSarif, sarif)).toBeNull();
      const { results, tool } = JSON.parse(sarif).runs[0];
      expect(results).toHaveLength(findings.length);
      for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
      const json = findingsAsJson(found(findings));
      expect(problemsOf(isJson, json)).toBeNull();
      expect(JSON.parse(json).findings).toHaveLength(findings.length);
    }),
  );
});

test("the findings of every rule are what the schemas say", async () => {
  for (const { files, source = ["."], maxFileSize } of Object.values(EXAMPLES)) {
    const validation = await validateSource(source, {
      asOf: TODAY,
      cwd: folderWith(files),
      ...(maxFileSize === undefined ? {} : { maxFileSize }),
    });
    expect(problemsOf(isJson, findingsAsJson(validation))).toBeNull();
    expect(problemsOf(isSarif, findingsAsSarif(validation, "1.2.3"))).toBeNull();
  }
});

test("the schemas can say no", () => {
  expect(isJson({ ...JSON.parse(findingsAsJson(found([]))), more: 1 })).toBe(false);
  expect(isSarif({ version: "2.1.0", runs: [{}] })).toBe(false);
});

test("a path in SARIF is a relative reference: no scheme, nothing but URI characters", () => {
  const at = (file: string): Finding => ({
    severity: "error",
    rule: "INVALID_YAML",
    message: "m",
    place: { file, line: 1, column: 1 },
  });
  const names = ["teams/ä b.yaml", "c:d.yaml", "100%#?.csv", "../x.yaml", "half\ud800.yaml"];
  const { results } = JSON.parse(findingsAsSarif(found(names.map(at)), "1")).runs[0];
  const uris = (results as { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }[]).map(
    ({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri,
  );
  expect(uris).toEqual(["teams/%C3%A4%20b.yaml", "c%3Ad.yaml", "100%25%23%3F.csv", "../x.yaml", "half%EF%BF%BD.yaml"]);
});

test("fingerprints stay when lines move, and tell findings apart", async () => {
  const people = `  ada@example.com: { name: Ada, manager: eve@example.com }
  bob@example.com: { name: Bob, manager: eve@example.com }
  Ada@Example.com: { name: Ada }
  zoe@example.com: { name: , manager: { } }
  yan@example.com: { name: , manager: { } }
`;
  const printsOf = async (head: string) => {
    const cwd = folderWith({ "roster.yaml": `${head}developers:\n${people}` });
    const { findings } = await validateSource(["."], { asOf: TODAY, cwd });
    return { prints: fingerprints(findings), lines: findings.map(({ place }) => place?.line) };
  };
  const before = await printsOf("version: 1\n");
  const after = await printsOf("# a comment\n\nversion: 1\nintegrations: { github: 101 }\n\n");
  expect(after.prints).toEqual(before.prints);
  expect(after.lines).not.toEqual(before.lines);
  expect(new Set(before.prints).size).toBe(before.prints.length);
  expect(before.prints.filter((print) => print.endsWith(":2"))).toHaveLength(1);
});

test("more than 500 findings: an error is never hidden behind warnings, and --all shows every one", () => {
  const many = Array.from({ length: 600 }, (_, at): Finding => {
    return { severity: "warning", rule: "CSV_FORMULA", message: `m${at}`, place: null };
  });
  const findings: Finding[] = [...many, { severity: "error", rule: "INVALID_CSV", message: "last", place: null }];
  const short = findingsAsText(found(findings), { all: false, quiet: false });
  expect(short).toContain("INVALID_CSV  last");
  expect(short.match(/CSV_FORMULA/g)).toHaveLength(499);
  expect(short).toMatch(/1 problem and 600 warnings, the first 500 shown; --all shows every one$/);
  expect(findingsAsText(found(findings), { all: true, quiet: false }).match(/CSV_FORMULA/g)).toHaveLength(600);
});

test("docs/validate.md shows what comes out", async () => {
  const page = readFileSync(join(__dirname, "..", "..", "docs", "validate.md"), "utf8");
  const blocks = (kind: string) =>
    [...page.matchAll(new RegExp(`^\`\`\`${kind}\\n(.*?)^\`\`\``, "gms"))].map(([, text]) => text);
  const cwd = folderWith({ "roster/cards.yaml": blocks("yaml")[0] ?? "" });
  const validation = await validateSource(["roster/"], { asOf: TODAY, cwd });
  const [text, github] = blocks("text");
  expect(text).toBe(`${findingsAsText(validation, { all: false, quiet: false })}\n`);
  expect(github).toBe(`${findingsForGitHub(validation, { quiet: false })}\n`);
  expect(JSON.parse(blocks("json")[0] ?? "")).toEqual(JSON.parse(findingsAsJson(validation)));
});
