import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command, Option } from "commander";
import type { Finding } from "../source/finding.js";
import type { Origin } from "../source/origin.js";
import type { Tree } from "../source/tree.js";
import { fileFrom } from "./arguments.js";

/** The file of the working directory that is read when no other is named. */
const FILE = "sei-roster.yaml";

/**
 * What the file may set: how a command reads and shows. What writes, overwrites or confirms stays on the command line,
 * where the person who runs it sees it; the key stays in the environment.
 */
const KEYS = [
  "account",
  "all",
  "asOf",
  "baseline",
  "endpoint",
  "failOn",
  "generation",
  "maskEmails",
  "maxFileSize",
  "output",
  "prune",
  "quiet",
  "region",
  "scope",
  "strategy",
  "verbose",
] as const;

/** Adds `--config`. */
export function withConfigOption(command: Command): Command {
  return command.option("--config <file>", `settings of the command (default: ${FILE}, when it is there)`, fileFrom);
}

/**
 * Gives a command the settings of `sei-roster.yaml`, or of `--config FILE`: what the command line and the environment
 * leave open. Keys are the long options in camel case, and `source`; a section such as `plan:` is for that command alone.
 *
 * @throws InvalidSourceError with everything that is wrong in the file
 */
export async function applyConfig(command: Command, env: NodeJS.ProcessEnv): Promise<void> {
  const file = command.getOptionValue("config") as string | undefined;
  if (!command.options.some((option) => option.attributeName() === "config")) return;
  const path = resolve(file ?? FILE);
  const entries = file !== undefined || existsSync(path) ? await read(path, file ?? FILE, command) : [];
  for (const { option, value } of entries) set(command, option, value, env);
}

/** One setting that the file holds for a command. */
interface Setting {
  readonly option: Option | "source";
  readonly value: unknown;
}

async function read(path: string, file: string, command: Command): Promise<readonly Setting[]> {
  const [{ readText, LARGEST_FILE }, { treeOfYaml }, { InvalidSourceError }] = await Promise.all([
    import("../source/read-text.js"),
    import("../source/tree-of-yaml.js"),
    import("../source/invalid-source-error.js"),
  ]);
  const text = await readText(path, file, LARGEST_FILE);
  if ("finding" in text) throw new InvalidSourceError([text.finding]);
  if (text.decoded.kind !== "text") throw new Error(`${file} is not UTF-8 text`);
  const { tree, origin, findings } = treeOfYaml(file, text.decoded.text);
  const sources = new Map([[file, text.decoded.text]]);
  if (tree === null || findings.length > 0) throw new InvalidSourceError(findings, sources);
  const { nearest } = await import("../roster/rules/nearest.js");
  const reader = new ConfigReader(command, origin, (word, words) => nearest(word, words));
  const settings = reader.settings(tree);
  if (reader.findings.length > 0) throw new InvalidSourceError(reader.findings, sources);
  return settings;
}

class ConfigReader {
  readonly findings: Finding[] = [];
  readonly #command: Command;
  readonly #origin: Origin;
  readonly #nearest: (word: string, words: readonly string[]) => string | null;

  constructor(command: Command, origin: Origin, nearest: (word: string, words: readonly string[]) => string | null) {
    this.#command = command;
    this.#origin = origin;
    this.#nearest = nearest;
  }

  /** The settings for the command; its own section comes after, and so before, the rest. */
  settings(tree: Tree): readonly Setting[] {
    if (tree.kind === "null") return [];
    if (tree.kind !== "map") {
      this.#refuse(tree.mark, "the settings must be a mapping");
      return [];
    }
    const sections = this.#command.parent?.commands.map((one) => one.name()) ?? [];
    const general: Setting[] = [];
    const own: Setting[] = [];
    for (const { key, mark, value } of tree.entries) {
      if (!sections.includes(key)) general.push(...this.#setting(key, mark, value, sections));
      else if (value.kind !== "map") this.#refuse(value.mark, `${key} must be a mapping of settings`);
      else if (key === this.#command.name()) {
        for (const entry of value.entries) own.push(...this.#setting(entry.key, entry.mark, entry.value, []));
      }
    }
    return [...general, ...own];
  }

  #setting(key: string, mark: Tree["mark"], tree: Tree, sections: readonly string[]): readonly Setting[] {
    if (key === "source") {
      const texts = this.#texts(key, tree);
      return texts === null ? [] : [{ option: "source", value: texts }];
    }
    if (!(KEYS as readonly string[]).includes(key)) {
      const meant = this.#nearest(key, [...KEYS, "source", ...sections]);
      const hint =
        meant === null ? `known: source, ${KEYS.join(", ")}, and a section for a command` : `did you mean ${meant}?`;
      this.#refuse(
        mark,
        `there is no setting ${JSON.stringify(key)}${/key/i.test(key) ? "; the API key is in the environment variable SEI_API_KEY" : ""}`,
        hint,
      );
      return [];
    }
    const option = this.#command.options.find((one) => one.attributeName() === key);
    const texts = this.#texts(key, tree);
    // Another command may have it.
    if (option === undefined || texts === null) return [];
    if (key === "endpoint" && !isKnownHost(texts[0] ?? "")) {
      this.#refuse(
        tree.mark,
        "endpoint is neither a host of harness.io nor this machine: a file of a pull request must not choose where the key is sent",
        "set SEI_ENDPOINT, or say --endpoint",
      );
      return [];
    }
    return this.#parsed(option, key, texts, tree, sections.length > 0);
  }

  #parsed(option: Option, key: string, texts: readonly string[], tree: Tree, isGeneral: boolean): readonly Setting[] {
    if (option.isBoolean()) {
      const text = texts[0];
      if (texts.length === 1 && (text === "true" || text === "false")) {
        // Flags are true or left out.
        return [{ option, value: text === "true" ? true : undefined }];
      }
      this.#refuse(tree.mark, `${key} must be true or false`);
      return [];
    }
    try {
      const parse = option.parseArg;
      let value: unknown;
      const parts = key === "failOn" ? [texts.join(",")] : texts;
      for (const text of parts) value = parse === undefined ? text : parse(text, value as never);
      return [{ option, value }];
    } catch (error) {
      // A value for all commands may be one that only some of them know.
      if (isGeneral && option.argChoices !== undefined && key !== "generation") return [];
      this.#refuse(tree.mark, `${key}: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    }
  }

  /** A text or a list of texts; of a mapping, `COLUMN=VALUE` for each value. */
  #texts(key: string, tree: Tree): readonly string[] | null {
    switch (tree.kind) {
      case "text":
        return [tree.text];
      case "list": {
        const texts = tree.items.map((item) => (item.kind === "text" ? item.text : null));
        if (texts.length > 0 && texts.every((text) => text !== null)) return texts;
        break;
      }
      case "map":
        if (key === "scope") {
          return tree.entries.flatMap((entry) =>
            (this.#texts("", entry.value) ?? []).map((value) => `${entry.key}=${value}`),
          );
        }
        break;
      case "null":
      case "odd":
    }
    this.#refuse(tree.mark, `${key === "" ? "this" : key} must be a text, or a list of texts`);
    return null;
  }

  #refuse(mark: Tree["mark"], message: string, hint?: string): void {
    this.findings.push(this.#origin.finding(mark, "INVALID_SETTING", message, hint));
  }
}

/** The variables that say the same as an option. */
const VARIABLES: Readonly<Record<string, readonly string[]>> = {
  endpoint: ["SEI_ENDPOINT", "SEI_REGION"],
  region: ["SEI_ENDPOINT", "SEI_REGION"],
  account: ["SEI_ACCOUNT"],
  generation: ["SEI_GENERATION"],
};

function set(command: Command, option: Option | "source", value: unknown, env: NodeJS.ProcessEnv): void {
  if (option === "source") {
    const given = command.processedArgs[0] as readonly string[] | undefined;
    // A saved plan has its source in it.
    const takesSource =
      command.registeredArguments[0]?.name() === "source" &&
      !(command.name() === "apply" && command.getOptionValue("plan"));
    if (takesSource && (given === undefined || given.length === 0)) command.processedArgs[0] = value;
    return;
  }
  const name = option.attributeName();
  if ((VARIABLES[name] ?? []).some((variable) => (env[variable]?.trim() ?? "") !== "")) return;
  const places = name === "endpoint" || name === "region" ? ["endpoint", "region"] : [name];
  if (places.some((one) => command.getOptionValueSource(one) === "cli")) return;
  command.setOptionValueWithSource(name, value, "config");
}

function isKnownHost(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname } = new URL(endpoint);
  if (/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)) return true;
  return protocol === "https:" && (hostname === "harness.io" || hostname.endsWith(".harness.io"));
}
