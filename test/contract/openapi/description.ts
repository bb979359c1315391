import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020, { type ErrorObject } from "ajv/dist/2020";
import { parse } from "yaml";

export const ROOT = join(__dirname, "..", "..", "..");

// biome-ignore lint/suspicious/noExplicitAny: the description is checked against its own schema, and then walked over
export type Node = any;

/** What is wrong with a value; nothing, when it fits. */
export type Check = (value: unknown) => readonly ErrorObject[];

/** One operation, with what its references lead to in their place. */
export interface Operation {
  readonly id: string;
  readonly tags: readonly string[];
  readonly method: string;
  /** As in the description: `/v2/developers/versions/{versionId}`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** By media type; null when the operation takes no body. */
  readonly body: { readonly required: boolean; readonly content: Readonly<Record<string, MediaType>> } | null;
  /** By status. */
  readonly responses: Readonly<Record<string, ResponseNode>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly isArray: boolean;
  readonly isNumber: boolean;
  readonly check: Check;
}

export interface MediaType {
  readonly check: Check;
  /** By the name of a form part, the media types that it may have. */
  readonly partTypes: Readonly<Record<string, readonly string[]>>;
}

export interface ResponseNode {
  readonly headers: Readonly<Record<string, Check>>;
  readonly content: Readonly<Record<string, MediaType>>;
}

let parsed: Node = null;

export function readDescription(): Node {
  parsed ??= parse(readFileSync(join(ROOT, "openapi", "sei.yaml"), "utf8"));
  return parsed;
}

let loaded: readonly Operation[] | null = null;

/**
 * Every operation of openapi/sei.yaml. What its schemas do not say is forbidden here: an answer and a request must be
 * described to the last field, although readers of the description must expect more.
 */
export function operations(): readonly Operation[] {
  loaded ??= load(closed(readDescription()));
  return loaded;
}

function load(document: Node): readonly Operation[] {
  // Formats only say in which type a number or a text fits.
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false, validateSchema: false });
  ajv.addSchema({ ...document, $id: "sei" });
  const at = (pointer: string): Node =>
    pointer
      .split("/")
      .slice(1)
      .map(unescaped)
      .reduce((node, key) => node[key], document);
  const follow = (pointer: string): string => {
    const reference = at(pointer)?.$ref;
    return reference === undefined ? pointer : follow(reference.slice(1));
  };
  // Compiled when it is asked for: one test asks for few of them.
  const compile =
    (pointer: string): Check =>
    (value) => {
      const check = ajv.getSchema(`sei#${pointer}`) ?? ajv.compile({ $ref: `sei#${pointer}` });
      return check(value) === true ? [] : (check.errors ?? []);
    };
  const isOf = (pointer: string, type: string): boolean => at(follow(pointer)).type === type;

  const parameter = (pointer: string): Parameter => {
    const place = follow(pointer);
    const node = at(place);
    const schema = `${place}/schema`;
    const isArray = isOf(schema, "array");
    return {
      name: node.name,
      in: node.in,
      required: node.required === true,
      isArray,
      isNumber: isOf(isArray ? `${follow(schema)}/items` : schema, "integer"),
      check: compile(schema),
    };
  };
  const media = (pointer: string): Readonly<Record<string, MediaType>> =>
    Object.fromEntries(
      Object.entries<Node>(at(pointer) ?? {}).map(([type, node]) => [
        type,
        {
          check: compile(`${pointer}/${escaped(type)}/schema`),
          partTypes: Object.fromEntries(
            Object.entries<Node>(node.encoding ?? {}).map(([part, { contentType }]) => [part, contentType.split(", ")]),
          ),
        },
      ]),
    );
  const response = (pointer: string): ResponseNode => {
    const place = follow(pointer);
    const headers = Object.keys(at(place).headers ?? {}).map((name) => {
      const header = follow(`${place}/headers/${escaped(name)}`);
      return [name.toLowerCase(), compile(`${header}/schema`)] as const;
    });
    return { headers: Object.fromEntries(headers), content: media(`${place}/content`) };
  };

  return Object.entries<Node>(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method] !== undefined).map((method): Operation => {
      const shared = `/paths/${escaped(path)}`;
      const own = `${shared}/${method}`;
      const node = item[method];
      return {
        id: node.operationId,
        tags: node.tags,
        method: method.toUpperCase(),
        path,
        parameters: [
          ...(item.parameters ?? []).map((_: Node, index: number) => parameter(`${shared}/parameters/${index}`)),
          ...(node.parameters ?? []).map((_: Node, index: number) => parameter(`${own}/parameters/${index}`)),
        ],
        body:
          node.requestBody === undefined
            ? null
            : { required: node.requestBody.required === true, content: media(`${own}/requestBody/content`) },
        responses: Object.fromEntries(
          Object.keys(node.responses).map((status) => [status, response(`${own}/responses/${status}`)]),
        ),
      };
    }),
  );
}

export const METHODS = ["get", "put", "post", "delete", "patch"] as const;

/** The same with `additionalProperties: false` in every schema of an object that does not say what else it may have. */
function closed(node: Node): Node {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== "object" || node === null) return node;
  const made = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  const isSchema = made["type"] === "object" && made["properties"] !== undefined;
  return isSchema && made["additionalProperties"] === undefined ? { ...made, additionalProperties: false } : made;
}

function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

function unescaped(key: string): string {
  return key.replaceAll("~1", "/").replaceAll("~0", "~");
}
