import { join } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "..", "..");
const ENTRY = join(ROOT, "provider", "client", "index.ts");
/** A file that is nowhere: the examples, to be checked against the types. */
const EXAMPLES = join(ROOT, "test", "client", "every-example.ts");

/** What a comment says of something. */
export interface Told {
  readonly text: string;
  readonly params: readonly string[];
  readonly returns: string | null;
  readonly throws: readonly string[];
  readonly examples: readonly string[];
}

/** A function, or a function of an interface. */
export interface PublicFunction {
  readonly kind: "function";
  readonly name: string;
  readonly signature: string;
  readonly told: Told;
}

/** A property of an interface or of an error. */
export interface PublicProperty {
  readonly kind: "property";
  readonly name: string;
  readonly type: string;
  readonly told: Told;
}

/** Something that the module exports. */
export type PublicThing =
  | PublicFunction
  | {
      readonly kind: "interface" | "error";
      readonly name: string;
      /** What it extends, as it is written; "" for nothing. */
      readonly base: string;
      readonly members: readonly (PublicFunction | PublicProperty)[];
      readonly told: Told;
    }
  | { readonly kind: "type"; readonly name: string; readonly type: string; readonly told: Told };

/** Everything that `pulumi-harness-sei/client` exports, as its sources say it; sorted by name. */
export function publicFace(): readonly PublicThing[] {
  const program = programOf([ENTRY]);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(ENTRY);
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error("the module cannot be read");
  const symbols = checker
    .getExportsOfModule(module)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = new Set(symbols.map(({ name }) => name));
  return symbols.map((symbol) => thingOf(symbol, names, checker));
}

/** What the compiler says of the examples, each in a function of its own with a client at hand. */
export function errorsIn(examples: readonly string[], names: readonly string[]): readonly string[] {
  const functions = examples.map((code, at) => `export async function example${at}() {\n{\n${code}\n}\n}`);
  const head = `import { ${names.join(", ")} } from "pulumi-harness-sei/client";\ndeclare const client: SeiClient;\ndeclare const reader: SeiReader;\ndeclare const error: unknown;\n`;
  const program = programOf([EXAMPLES], head + functions.join("\n"));
  // An example may say something of a thing and do nothing with it.
  const UNUSED = [6133, 6192, 6196, 6198];
  const source = program.getSourceFile(EXAMPLES);
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
    .filter(({ code }) => !UNUSED.includes(code))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

function programOf(files: readonly string[], examples?: string): ts.Program {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files, include: [] }, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  if (examples === undefined) return ts.createProgram([...files], options, host);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, language) =>
    name === EXAMPLES ? ts.createSourceFile(name, examples, language) : read(name, language);
  const exists = host.fileExists.bind(host);
  host.fileExists = (name) => name === EXAMPLES || exists(name);
  return ts.createProgram([...files], options, host);
}

function thingOf(symbol: ts.Symbol, names: ReadonlySet<string>, checker: ts.TypeChecker): PublicThing {
  const told = toldOf(symbol, checker);
  const { name } = symbol;
  for (const node of symbol.declarations ?? []) {
    if (ts.isFunctionDeclaration(node)) return { kind: "function", name, signature: signatureOf(node, name), told };
    if (ts.isTypeAliasDeclaration(node)) {
      // What a type is made of may be nothing that a reader of the page can see.
      const type = /typeof/.test(node.type.getText())
        ? checker.typeToString(checker.getTypeAtLocation(node), undefined, ts.TypeFormatFlags.InTypeAlias)
        : clean(node.type.getText()).replace(/^\| /, "");
      return { kind: "type", name, type, told };
    }
    if (ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) {
      const [heritage] = node.heritageClauses ?? [];
      const written = heritage?.types.map((type) => type.getText()).join(", ") ?? "";
      const isSeen = ts.isClassDeclaration(node) || (written.match(/\b[A-Z]\w+/g) ?? []).every((one) => names.has(one));
      // What comes from a base that is not on the page stands with the thing itself.
      const all: readonly ts.Node[] = isSeen
        ? [...node.members]
        : checker.getPropertiesOfType(checker.getTypeAtLocation(node)).flatMap((one) => one.declarations?.[0] ?? []);
      const members = all.flatMap((member) => memberOf(member, checker));
      const base = isSeen ? written : "";
      return { kind: ts.isClassDeclaration(node) ? "error" : "interface", name, base, members, told };
    }
  }
  throw new Error(`${name} is of a kind that the page does not know`);
}

function memberOf(member: ts.Node, checker: ts.TypeChecker): readonly (PublicFunction | PublicProperty)[] {
  const named = ts.isMethodSignature(member) || ts.isPropertySignature(member) || ts.isPropertyDeclaration(member);
  if (!named || member.name === undefined || ts.isPrivateIdentifier(member.name)) return [];
  const symbol = checker.getSymbolAtLocation(member.name);
  const name = member.name.getText();
  if (symbol === undefined || (name === "name" && ts.isPropertyDeclaration(member))) return [];
  const told = toldOf(symbol, checker);
  if (ts.isMethodSignature(member)) return [{ kind: "function", name, signature: signatureOf(member, name), told }];
  const optional = member.questionToken !== undefined;
  const type = clean(member.type?.getText() ?? checker.typeToString(checker.getTypeOfSymbolAtLocation(symbol, member)));
  const shown = optional ? type.replace(/ \| undefined$/, "") : type;
  return [{ kind: "property", name: optional ? `${name}?` : name, type: shown, told }];
}

function signatureOf(node: ts.FunctionDeclaration | ts.MethodSignature, name: string): string {
  const parameters = node.parameters.map((parameter) => clean(parameter.getText())).join(", ");
  return `${name}(${parameters}): ${clean(node.type?.getText() ?? "void")}`;
}

function toldOf(symbol: ts.Symbol, checker: ts.TypeChecker): Told {
  const tags = symbol.getJsDocTags(checker).map(({ name, text }) => ({ name, text: ts.displayPartsToString(text) }));
  const all = (name: string) => tags.filter((tag) => tag.name === name).map(({ text }) => text.trim());
  return {
    text: ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim(),
    params: all("param"),
    returns: all("returns")[0] ?? null,
    throws: all("throws"),
    examples: all("example"),
  };
}

/** On one line, without comments and `readonly`, which every property of ours has. */
function clean(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s+/g, " ")
    .trim();
}
