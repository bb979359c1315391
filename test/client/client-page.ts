import type { PublicFunction, PublicProperty, PublicThing, Told } from "./public-face.js";

const HEAD = `<!-- Made from the sources: GOLDEN=write npx jest --selectProjects unit --testPathPatterns test/client/client-page -->

# The client

\`\`\`ts
import { connect, syncDeveloper } from "pulumi-harness-sei/client";
\`\`\`

The typed client of the SEI developer API: everything that \`sei-roster\` and the Pulumi resources are made of, without
Pulumi. Node.js 20.18.1 or later. Writes are only on \`writer\`, \`apiWriter\` and \`contributors.writer\`: what is handed a
\`reader\` or an \`api\` can change nothing. Every example of this page is run by the tests.
`;

const OUTCOMES = ["SyncUnchanged", "SyncCreated", "SyncUpdated", "SyncRefused", "SyncFailed"];

const SECTIONS: readonly { readonly title: string; readonly names: readonly string[] }[] = [
  { title: "Connecting", names: ["connect", "SeiClient", "ConnectOptions", "EndpointOptions", "resolveEndpoint"] },
  { title: "One developer", names: ["syncDeveloper", "DeveloperInput", "SyncOptions", "SyncOutcome", ...OUTCOMES] },
  { title: "One call for each request", names: ["SeiApi", "SeiApiWriter"] },
  { title: "Whole rosters", names: ["SeiReader", "SeiWriter", "LiveRoster"] },
  { title: "The v1 API", names: ["ContributorReader", "ContributorWriter", "Contributor"] },
];

/** The text of docs/client.md. */
export function clientPage(face: readonly PublicThing[]): string {
  const byName = new Map(face.map((thing) => [thing.name, thing]));
  const placed = new Set(SECTIONS.flatMap(({ names }) => names));
  const link = linker(new Set(byName.keys()));
  const rest = face.filter(({ name, kind }) => !placed.has(name) && kind !== "error");
  const sections = [
    ...SECTIONS.map(({ title, names }) => ({
      title,
      things: names.map((name) => byName.get(name) ?? missing(name)),
    })),
    { title: "Shapes", things: rest },
  ];
  const errors = face.filter(({ kind }) => kind === "error");
  const titles = [...sections.map(({ title }) => title), "Errors"];
  const index = titles.map((title) => `[${title}](#${anchor(title)})`).join(" · ");
  return [
    HEAD,
    `${index}\n`,
    ...sections.flatMap(({ title, things }) => [`## ${title}\n`, ...things.map((thing) => sectionOf(thing, link))]),
    errorSection(errors, link),
  ].join("\n");
}

function missing(name: string): never {
  throw new Error(`the page has a place for ${name}, which is not exported`);
}

type Link = (text: string) => string;

/** Names of things of the page become links. */
function linker(names: ReadonlySet<string>): Link {
  return (text) =>
    text.replace(/\{@link ([\w.]+) *\}/g, (_, name: string) =>
      names.has(name) ? `[\`${name}\`](#${anchor(name)})` : `\`${name}\``,
    );
}

function sectionOf(thing: PublicThing, link: Link): string {
  switch (thing.kind) {
    case "function":
      return `### ${thing.name}\n\n${functionText(thing, link)}`;
    case "type":
      return `### ${thing.name}\n\n${told(thing.told, link)}\`\`\`ts\ntype ${thing.name} = ${thing.type}\n\`\`\`\n`;
    case "interface":
    case "error": {
      const functions = thing.members.filter((member) => member.kind === "function");
      const base = thing.base === "" ? "" : `Extends \`${thing.base}\`.\n\n`;
      return [
        `### ${thing.name}\n\n${told(thing.told, link)}${base}${tableOf(thing.members, link)}`,
        ...functions.map((one) => `#### ${thing.name}.${one.name}\n\n${functionText(one, link)}`),
      ].join("\n");
    }
  }
}

function functionText({ signature, told: said }: PublicFunction, link: Link): string {
  const lines = [
    ...said.params.map((text) => `- \`${text.replace(/^(\S+)\s*/, "$1` ")}`),
    ...(said.returns === null ? [] : [`- returns ${said.returns}`]),
    ...said.throws.map((text) => `- throws ${text}`),
  ].map((line) => link(line.replace(/\s+/g, " ")));
  const list = lines.length === 0 ? "" : `${lines.join("\n")}\n\n`;
  const examples = said.examples.map((code) => `\`\`\`ts\n${code}\n\`\`\`\n`).join("\n");
  return `\`\`\`ts\n${signature}\n\`\`\`\n\n${said.text === "" ? "" : `${link(said.text)}\n\n`}${list}${examples}`;
}

function tableOf(members: readonly (PublicFunction | PublicProperty)[], link: Link): string {
  const properties = members.filter((member) => member.kind === "property");
  if (properties.length === 0) return "";
  const rows = properties.map(
    ({ name, type, told: { text } }) =>
      `| \`${name}\` | \`${type.replaceAll("|", "\\|")}\` | ${link(text).replace(/\s+/g, " ")} |`,
  );
  return `${["| | | |", "| --- | --- | --- |", ...rows].join("\n")}\n`;
}

function told({ text, examples }: Told, link: Link): string {
  const shown = examples.map((code) => `\`\`\`ts\n${code}\n\`\`\`\n\n`).join("");
  return text === "" ? shown : `${link(text)}\n\n${shown}`;
}

function errorSection(errors: readonly PublicThing[], link: Link): string {
  const rows = errors.map((error) => {
    const own = error.kind === "error" ? error.members : [];
    const fields = own.filter(({ kind }) => kind === "property").map(({ name }) => `\`${name}\``);
    const base = error.kind === "error" && error.base !== "SeiError" ? ` (a \`${error.base}\`)` : "";
    return `| <a id="${anchor(error.name)}"></a>\`${error.name}\`${base} | ${link(error.told.text).replace(/\s+/g, " ")} | ${fields.join(", ")} |`;
  });
  const examples = errors.flatMap(({ name, told: said }) =>
    said.examples.map((code) => `[\`${name}\`](#${anchor(name)}):\n\n\`\`\`ts\n${code}\n\`\`\`\n`),
  );
  return [
    "## Errors\n",
    "Every error of the client is a `SeiError`: one small class for each failure that somebody can act on. A message never",
    "holds the key; what the API said is in it, cut short and without addresses.\n",
    ...examples,
    "| Error | When | Its own properties |",
    "| --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

function anchor(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\w]+/g, "-")
    .replace(/-$/, "");
}
