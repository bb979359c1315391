import { readFileSync } from "node:fs";
import { join } from "node:path";

/** An example of a document, as it stands there. */
export interface Sample {
  /** As x-source names the document. */
  readonly document: string;
  /** The heading above it. */
  readonly section: string;
  readonly kind: "curl" | "json";
  readonly text: string;
}

export interface DocumentOf {
  readonly name: string;
  readonly title: string;
  readonly sections: readonly string[];
  readonly samples: readonly Sample[];
}

const NAMES = ["developer-records", "cloud-ids", "contributors"] as const;

let read: readonly DocumentOf[] | null = null;

/**
 * The three documents of the API: their headings and their examples, copied into fixtures/ with nothing changed. A block
 * with two commands is two samples; only the indentation of a whole block is taken away.
 */
export function documents(): readonly DocumentOf[] {
  read ??= NAMES.map((name) => parse(name, readFileSync(join(__dirname, "fixtures", `${name}.md`), "utf8")));
  return read;
}

function parse(name: string, text: string): DocumentOf {
  const [title = "", ...sections] = [...text.matchAll(/^#+ (.*)$/gm)]
    .filter(({ index }) => !isInBlock(text, index))
    .map(([, heading]) => (heading ?? "").trim());
  const samples: Sample[] = [];
  for (const block of text.matchAll(/^( *)```(?:bash|json)\n([\s\S]*?\n)\1```$/gm)) {
    const [whole, indent = "", inside = ""] = block;
    const before = text.slice(0, block.index);
    const heading =
      [...before.matchAll(/^#+ (.*)$/gm)].filter(({ index }) => !isInBlock(text, index)).at(-1)?.[1] ?? "";
    const section = heading.trim();
    const plain = inside.replaceAll(new RegExp(`^${indent}`, "gm"), "");
    const commands = [...plain.matchAll(/^curl [\s\S]*?(?=^# |^curl |$(?![\s\S]))/gm)].map(([command]) => command);
    if (commands.length === 0) samples.push({ document: name, section, kind: "json", text: plain });
    for (const command of commands) samples.push({ document: name, section, kind: "curl", text: command });
    if (whole === "") throw new Error(`${name}: an empty block`);
  }
  return { name, title, sections, samples };
}

/** `# List JSON` in a block is a comment of the shell. */
function isInBlock(text: string, index: number): boolean {
  return (text.slice(0, index).match(/^ *```/gm)?.length ?? 0) % 2 === 1;
}

/** Those of one kind, in the order of the documents. */
export function samplesOf(kind: Sample["kind"]): readonly Sample[] {
  return documents().flatMap(({ samples }) => samples.filter((sample) => sample.kind === kind));
}
