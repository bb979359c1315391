/**
 * The part of the SARIF 2.1.0 schema that we write, closed: what is not here is not written. The names and limits are
 * those of the OASIS schema (sarif-schema-2.1.0.json), with what GitHub's code scanning asks for made required.
 */
const text = { type: "object", additionalProperties: false, required: ["text"], properties: { text: words() } };

function words() {
  return { type: "string", minLength: 1 };
}

function closed(properties: Readonly<Record<string, unknown>>, optional: readonly string[] = []) {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: "object", additionalProperties: false, required, properties };
}

const rule = closed({
  id: words(),
  shortDescription: text,
  fullDescription: text,
  help: closed({ text: words(), markdown: words() }),
  defaultConfiguration: closed({ level: { enum: ["none", "note", "warning", "error"] } }),
});

const location = closed({
  physicalLocation: closed({
    artifactLocation: closed({ uri: { type: "string", format: "uri-reference" }, uriBaseId: { type: "string" } }),
    region: closed({ startLine: { type: "integer", minimum: 1 }, startColumn: { type: "integer", minimum: 1 } }),
  }),
});

const result = closed({
  ruleId: words(),
  ruleIndex: { type: "integer", minimum: 0 },
  level: { enum: ["none", "note", "warning", "error"] },
  message: text,
  locations: { type: "array", minItems: 1, items: location },
  partialFingerprints: { type: "object", minProperties: 1, additionalProperties: words() },
});

export const sarifSchema = closed({
  $schema: { type: "string", pattern: "/sarif-schema-2\\.1\\.0\\.json$" },
  version: { const: "2.1.0" },
  runs: {
    type: "array",
    minItems: 1,
    items: closed({
      tool: closed({
        driver: closed({
          name: words(),
          version: words(),
          rules: { type: "array", uniqueItems: true, items: rule },
        }),
      }),
      columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
      originalUriBaseIds: { type: "object", additionalProperties: closed({ description: text }) },
      results: { type: "array", items: result },
    }),
  },
});
