import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import { rosterSchema } from "../../provider/source/roster-schema.js";
import { NOTES } from "../../provider/source/schema-node.js";

const HEAD = `// Made by ajv from roster-schema.ts: GOLDEN=write npx jest --selectProjects unit --testPathPatterns shape-validators
// @ts-nocheck
import type { ValidateFunction } from "ajv/dist/2020.js";
`;

/**
 * The text of provider/source/shape-validators.generated.ts. ajv needs longer to compile the schema than to check a
 * thousand files with it, so the code is made once.
 */
export function shapeValidators(): string {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: true,
    allowUnionTypes: true,
    code: { source: true, esm: true },
  });
  ajv.addVocabulary([...NOTES]);
  ajv.addSchema(rosterSchema);
  const id = rosterSchema.$id ?? "";
  ajv.addSchema({ $id: "document", $ref: id });
  ajv.addSchema({ $id: "developer", $ref: `${id}#/$defs/developer` });
  ajv.addSchema({ $id: "listedDeveloper", $ref: `${id}#/$defs/listedDeveloper` });
  const names = ["document", "developer", "listedDeveloper"];
  const code = standaloneCode(ajv, Object.fromEntries(names.map((name) => [name, name])));
  const typed = code
    .replace(/^"use strict";/, "")
    .replace(/export const (\w+) =/g, "\nexport const $1: ValidateFunction =");
  return `${HEAD}${typed}\n`;
}
