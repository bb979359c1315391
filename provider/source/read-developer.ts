import { emailKey, isEmail } from "../roster/email.js";
import {
  textOf,
  type WrittenColumn,
  type WrittenDeveloper,
  type WrittenEffective,
  type WrittenIdentity,
  type WrittenText,
} from "./document.js";
import { type Entry, entryOf, type Tree } from "./tree.js";

/** What is known of a developer before its body is read. */
type Head = Pick<WrittenDeveloper, "origin" | "defaults" | "email" | "mark">;

/** Takes one developer apart. What has the wrong shape is left out: the JSON Schema reports it. */
export function readDeveloper(body: Tree, head: Head): WrittenDeveloper {
  let name: WrittenText | undefined;
  let manager: WrittenText | undefined;
  const columns: WrittenColumn[] = [];
  let identities: readonly WrittenIdentity[] = [];
  let effective: WrittenEffective | undefined;
  let previousEmails: readonly WrittenText[] | undefined;
  for (const entry of body.kind === "map" ? body.entries : []) {
    switch (entry.key) {
      case "email":
        break;
      case "effective":
        effective = readEffective(entry);
        break;
      case "previousEmails":
        previousEmails = readPreviousEmails(entry.value);
        break;
      case "name":
        name = writtenText(entry);
        break;
      case "manager":
        manager = readManager(entry);
        break;
      case "identities":
        identities = readIdentities(entry.value);
        break;
      case "attributes":
        columns.push(...readColumns(entry.value));
        break;
      default:
        columns.push(...writtenColumn(entry, true));
    }
  }
  return { ...head, name, manager, columns, identities, effective, previousEmails };
}

/** What is no address at all is nobody's, and need not be looked for on the roster. */
function readManager(entry: Entry): WrittenText | undefined {
  const written = writtenText(entry);
  if (written === undefined) return undefined;
  const text = emailKey(written.text);
  return text === "" || isEmail(text) ? { text, mark: written.mark } : undefined;
}

function readEffective({ mark, value }: Entry): WrittenEffective {
  const day = (key: string): WrittenText | undefined => {
    const entry = entryOf(value, key);
    return entry === undefined ? undefined : writtenText(entry);
  };
  return { mark, from: day("from"), until: day("until") };
}

function readPreviousEmails(tree: Tree): readonly WrittenText[] {
  if (tree.kind !== "list") return [];
  return tree.items.flatMap((item) =>
    item.kind === "text" && isEmail(emailKey(item.text)) ? [{ text: emailKey(item.text), mark: item.mark }] : [],
  );
}

/** The columns of a mapping of columns, such as `attributes` or `defaults`. */
export function readColumns(tree: Tree): readonly WrittenColumn[] {
  return tree.kind === "map" ? tree.entries.flatMap((entry) => writtenColumn(entry, false)) : [];
}

function readIdentities(tree: Tree): readonly WrittenIdentity[] {
  if (tree.kind !== "map") return [];
  return tree.entries.flatMap(({ key, mark, value }) => {
    const identity = textOf(value);
    return identity === undefined || identity.trim() === "" || key.trim() === ""
      ? []
      : [{ integration: key, identity, mark }];
  });
}

function writtenColumn({ key, mark, value }: Entry, direct: boolean): readonly WrittenColumn[] {
  const text = textOf(value);
  return text === undefined || key.trim() === "" ? [] : [{ column: key, text, mark, direct }];
}

function writtenText({ value }: Entry): WrittenText | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : { text, mark: value.mark };
}
