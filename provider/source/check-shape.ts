import type { ErrorObject } from "ajv/dist/2020.js";
import type { Finding } from "./finding.js";
import type { Origin } from "./origin.js";
import { shapeFinding } from "./shape-finding.js";
import { developer, document, listedDeveloper } from "./shape-validators.generated.js";
import { plainOf, type Tree } from "./tree.js";

/** Of one part. Each is looked up among all its keys, so a file of nothing but unknown keys would take for ever. */
const MOST_ERRORS = 1_000;

/** The parts of a roster file that are checked one at a time, so that doubled developers are all checked. */
export type Part = "document" | "developer" | "listedDeveloper";

const validators = { document, developer, listedDeveloper } satisfies Record<Part, unknown>;

/**
 * Checks one part of a declaration with the JSON Schema. A document is checked without its developers.
 *
 * @returns a finding for each thing that is wrong, at its place
 */
export function checkShape(tree: Tree, part: Part, origin: Origin): readonly Finding[] {
  const validate = validators[part];
  if (validate(plainOf(tree, part === "document" ? ["developers"] : []))) return [];
  return (validate.errors ?? [])
    .slice(0, MOST_ERRORS)
    .flatMap((error: ErrorObject) => shapeFinding(error, tree, origin) ?? []);
}
