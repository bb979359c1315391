import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import * as sei from "pulumi-harness-sei/client";
import ts from "typescript";
import { type Client, PEOPLE, started } from "../simulator/support.js";
import { privateCache } from "../sync/cache.js";
import { clientPage } from "./client-page.js";
import { errorsIn, type PublicThing, publicFace } from "./public-face.js";

// The compiler reads everything.
jest.setTimeout(60_000);

const PAGE = join(__dirname, "..", "..", "docs", "client.md");
privateCache();

const face = publicFace();
const examples = face.flatMap((thing) => examplesOf(thing));
let client: Client;
beforeEach(async () => {
  client = await started({}, PEOPLE);
  await client.identify([{ email: "ada@example.com", integrationId: 102, identity: "ada-jira" }]);
  process.env["SEI_ENDPOINT"] = client.url;
  process.env["SEI_API_KEY"] = "simulator";
});
afterEach(() => {
  delete process.env["SEI_ENDPOINT"];
  delete process.env["SEI_API_KEY"];
});

/** Every example, with the name of what it is of. */
function examplesOf(thing: PublicThing): readonly (readonly [name: string, code: string])[] {
  const own = thing.told.examples.map((code) => [thing.name, code] as const);
  if (thing.kind !== "interface") return own;
  return [
    ...own,
    ...thing.members.flatMap(({ name, told }) => told.examples.map((code) => [`${thing.name}.${name}`, code] as const)),
  ];
}

test("docs/client.md is what the sources say: GOLDEN=write writes it", () => {
  if (process.env["GOLDEN"] === "write") writeFileSync(PAGE, clientPage(face));
  expect(readFileSync(PAGE, "utf8")).toBe(clientPage(face));
});

test("every function has a comment, and every single request its source, its errors and an example", () => {
  const functions = face.flatMap((thing) =>
    thing.kind === "function"
      ? [thing]
      : thing.kind === "interface"
        ? thing.members.filter((one) => one.kind === "function")
        : [],
  );
  expect(functions.filter(({ name, told }) => told.text === "" && name !== "close").map(({ name }) => name)).toEqual(
    [],
  );
  const requests = face.flatMap((thing) =>
    thing.kind === "interface" && ["SeiApi", "SeiApiWriter"].includes(thing.name) ? thing.members : [],
  );
  expect(requests.length).toBe(13);
  for (const { name, told } of requests) {
    expect([name, told.examples.length]).toEqual([name, 1]);
    expect(told.text).toMatch(/`(GET|POST|PUT|PATCH|DELETE) \/v2\/developers[\s\S]*Source: Upload/);
  }
});

test("every example compiles, and what is wrong does not", () => {
  const codes = [...examples.map(([, code]) => code), 'await client.api.upload("");'];
  const names = face.map(({ name }) => name);
  expect(errorsIn(codes, names)).toEqual(["Property 'upload' does not exist on type 'SeiApi'."]);
});

test.each(examples)("the example of %s runs", async (_, code) => {
  const client = sei.connect({ endpoint: process.env["SEI_ENDPOINT"], apiKey: process.env["SEI_API_KEY"] ?? "" });
  const said: string[] = [];
  const print = (...values: readonly unknown[]) =>
    void said.push(values.map((one) => (typeof one === "string" ? one : inspect(one))).join(" "));
  const names = {
    ...sei,
    client,
    reader: client.reader,
    error: new Error("any"),
    console: { log: print, error: print },
  };
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  const { outputText } = ts.transpileModule(code, { compilerOptions: options });
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  try {
    await new AsyncFunction(...Object.keys(names), `{\n${outputText}\n}`)(...Object.values(names));
  } finally {
    await client.close();
  }
  // What an example says that it prints, it prints.
  const promised = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text]) => text);
  if (promised.length > 0) expect(said).toEqual(promised);
  expect(said.join("\n")).not.toMatch(/undefined/);
});
