import type { Node } from "./description";

/** Something that must say how far it is known. */
export interface Claim {
  /** Where it stands, as a JSON pointer. */
  readonly at: string;
  readonly kind: "operation" | "parameter" | "header" | "request body" | "response" | "field" | "security scheme";
  readonly evidence: unknown;
  readonly source: unknown;
}

/** Every claim of a description, each where it is defined: a reference claims nothing. */
export function claimsOf(document: Node): readonly Claim[] {
  const claims: Claim[] = [];
  walk(document, "", null, (kind, node, at) => {
    if ("$ref" in node && kind !== "field") return;
    claims.push({ at, kind, evidence: node["x-evidence"], source: node["x-source"] });
  });
  return claims;
}

const METHODS = ["get", "put", "post", "delete", "patch"];

/** What the children of a key are. */
function kindOf(key: string, child: string, parent: string | null): Claim["kind"] | null {
  switch (key) {
    case "parameters":
      return parent === "links" ? null : "parameter";
    case "headers":
      return "header";
    case "responses":
      return "response";
    case "securitySchemes":
      return "security scheme";
    case "properties":
      return "field";
    default:
      return key.startsWith("/") && METHODS.includes(child) ? "operation" : null;
  }
}

function walk(
  node: Node,
  at: string,
  parent: string | null,
  claim: (kind: Claim["kind"], node: Node, at: string) => void,
): void {
  if (typeof node !== "object" || node === null) return;
  const key = at.slice(at.lastIndexOf("/") + 1).replaceAll("~1", "/");
  for (const [child, value] of Object.entries<Node>(node)) {
    const place = `${at}/${child.replaceAll("/", "~1")}`;
    // A field may have the name of a keyword.
    const isFieldName = key === "properties";
    const kind = isFieldName ? "field" : kindOf(key, child, parent);
    if (kind !== null) claim(kind, value, place);
    else if (child === "requestBody") claim("request body", value, place);
    else if (child === "additionalProperties" && typeof value === "object") claim("field", value, place);
    walk(value, place, isFieldName ? "field" : parent === "links" || key === "links" ? "links" : key, claim);
  }
}
