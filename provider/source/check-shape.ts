import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import type { Finding } from "./finding.js";
import type { Origin } from "./origin.js";
import { rosterSchema } from "./roster-schema.js";
import { NOTES } from "./schema-node.js";
import { shapeFinding } from "./shape-finding.js";
import { plainOf, type Tree } from "./tree.js";

/** The parts of a roster file that are checked one at a time, so that doubled developers are all checked. */
export type Part = "document" | "developer" | "listedDeveloper";

/**
 * Checks one part of a declaration with the JSON Schema. A document is checked without its developers.
 *
 * @returns a finding for each thing that is wrong, at its place
 */
export function checkShape(tree: Tree, part: Part, origin: Origin): readonly Finding[] {
  const validate = validatorOf(part);
  if (validate(plainOf(tree, part === "document" ? ["developers"] : []))) return [];
  return (validate.errors ?? []).flatMap((error: ErrorObject) => shapeFinding(error, tree, origin) ?? []);
}

let validators: Readonly<Record<Part, ValidateFunction>> | undefined;

/** Compiled at the first use: a program that declares no roster does not pay for it. */
function validatorOf(part: Part): ValidateFunction {
  validators ??= compile();
  return validators[part];
}

function compile(): Readonly<Record<Part, ValidateFunction>> {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: true, allowUnionTypes: true });
  ajv.addVocabulary([...NOTES]);
  ajv.addSchema(rosterSchema);
  const id = rosterSchema.$id ?? "";
  return {
    document: ajv.compile({ $ref: id }),
    developer: ajv.compile({ $ref: `${id}#/$defs/developer` }),
    listedDeveloper: ajv.compile({ $ref: `${id}#/$defs/listedDeveloper` }),
  };
}
