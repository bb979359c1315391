import type { Check, Operation, Parameter } from "./description";
import { findOperation } from "./find-operation";

export interface Request {
  readonly method: string;
  /** Behind the base path. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What HTTP itself needs, and says nothing to the API. */
const TRANSPORT = [
  ...["host", "connection", "content-length", "content-type", "transfer-encoding", "user-agent", "keep-alive"],
  ...["accept", "accept-encoding", "accept-language", "sec-fetch-mode", "x-api-key", "authorization"],
];

/** What is wrong with a request by the description: nothing, for one that the client may send. */
export async function checkRequest(request: Request): Promise<readonly string[]> {
  const { method, path } = request;
  const found = findOperation(method, path);
  if (found?.operation == null) return [`${method} ${path} is not described`];
  const { operation } = found;
  const problems = [
    ...authorisation(request.headers),
    ...parameters(request, operation, found.pathValues),
    ...accept(request.headers.get("accept"), operation),
    ...(await body(request, operation)),
  ];
  return problems.map((problem) => `${operation.id}: ${problem}`);
}

function authorisation(headers: Headers): readonly string[] {
  const sent = ["x-api-key", "authorization"].filter((name) => headers.has(name));
  return sent.length === 1 ? [] : [`${sent.length} forms of the key`];
}

function parameters(
  { query, headers }: Request,
  operation: Operation,
  path: Readonly<Record<string, string>>,
): string[] {
  const of = (place: Parameter["in"]) => operation.parameters.filter((parameter) => parameter.in === place);
  const asked = of("query").map(({ name }) => name);
  const known = [...TRANSPORT, ...of("header").map(({ name }) => name.toLowerCase())];
  return [
    ...[...new Set(query.keys())].filter((name) => !asked.includes(name)).map((name) => `the query ${name}`),
    ...[...headers.keys()].filter((name) => !known.includes(name)).map((name) => `the header ${name}`),
    ...of("query").flatMap((parameter) => value(parameter, query.getAll(parameter.name))),
    ...of("header").flatMap((parameter) => value(parameter, [headers.get(parameter.name) ?? []].flat())),
    ...of("path").flatMap((parameter) => value(parameter, [path[parameter.name] ?? ""])),
  ];
}

function value(parameter: Parameter, texts: readonly string[]): readonly string[] {
  const { name, required, isArray, isNumber, check } = parameter;
  if (texts.length === 0) return required ? [`${name} is missing`] : [];
  if (texts.length > 1 && !isArray) return [`${name} more than once`];
  const values = texts.map((text) => (isNumber && /^-?\d+$/.test(text) ? Number(text) : text));
  return failures(name, check, isArray ? values : values[0]);
}

function accept(header: string | null, { responses }: Operation): readonly string[] {
  const types = Object.entries(responses).flatMap(([status, { content }]) =>
    status.startsWith("2") ? Object.keys(content) : [],
  );
  return header === null || header === "*/*" || types.includes(header) ? [] : [`accepts ${header}`];
}

async function body({ headers, body }: Request, operation: Operation): Promise<readonly string[]> {
  const given = headers.get("content-type") ?? "";
  if (operation.body === null) return body.length === 0 && given === "" ? [] : ["a body"];
  if (body.length === 0) return operation.body.required ? ["no body"] : [];
  const type = given.split(";")[0]?.trim() ?? "";
  const media = operation.body.content[type];
  if (media === undefined) return [`the content type ${given}`];
  if (type === "application/json") {
    return failures("the body", media.check, JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)));
  }
  const parts = await new Response(body, { headers: { "content-type": given } }).formData();
  const texts = Object.fromEntries([...parts].map(([name, part]) => [name, typeof part === "string" ? part : ""]));
  const wrongTypes = [...parts].flatMap(([name, part]) => {
    const wanted = media.partTypes[name];
    const is = typeof part === "string" ? "text/plain" : part.type;
    return wanted === undefined || wanted.includes(is) ? [] : [`the part ${name} is ${is}`];
  });
  return [...failures("the form", media.check, texts), ...wrongTypes];
}

export function failures(what: string, check: Check, value: unknown): readonly string[] {
  // What was wrong with every other branch of a oneOf says nothing more.
  const [first] = check(value);
  if (first === undefined) return [];
  const more = first.keyword === "additionalProperties" ? ` (${first.params["additionalProperty"]})` : "";
  return [`${what}${first.instancePath} ${first.message}${more}: ${JSON.stringify(value)?.slice(0, 300)}`];
}
