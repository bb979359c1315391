import { emailKey, isEmail } from "../roster/email.js";
import { emailHint } from "../roster/rules/email-hint.js";
import { brokenCharacters } from "./broken-characters.js";
import { checkShape } from "./check-shape.js";
import {
  GOVERNING,
  type Governing,
  type RosterDocument,
  textOf,
  type WrittenColumn,
  type WrittenDeveloper,
} from "./document.js";
import type { Finding } from "./finding.js";
import type { Origin } from "./origin.js";
import { readColumns, readDeveloper } from "./read-developer.js";
import { quoted } from "./show.js";
import { type Entry, entryOf, type Mark, type Tree } from "./tree.js";

/** Takes one file, or one declaration in code, apart and checks its shape. */
export function readDocument(tree: Tree, origin: Origin): RosterDocument {
  const shape = checkShape(tree, "document", origin);
  const defaults = entryOf(tree, "defaults")?.value;
  const columns = defaults === undefined ? [] : readColumns(defaults);
  const declared = entryOf(tree, "developers")?.value;
  const people = declared === undefined ? NOBODY : readDevelopers(declared, columns, origin);
  return {
    origin,
    defaults: columns,
    developers: people.developers,
    governing: governingOf(tree),
    findings: [...brokenCharacters(tree, origin), ...shape, ...people.findings],
    whole: tree.kind === "map" && people.whole,
  };
}

interface People {
  readonly developers: readonly WrittenDeveloper[];
  readonly findings: readonly Finding[];
  readonly whole: boolean;
}

const NOBODY: People = { developers: [], findings: [], whole: true };

function readDevelopers(tree: Tree, defaults: readonly WrittenColumn[], origin: Origin): People {
  const developers: WrittenDeveloper[] = [];
  const findings: Finding[] = [];
  let whole = true;
  const add = (what: string, address: string, mark: Mark, body: Tree): void => {
    const email = emailKey(address);
    if (isEmail(email)) {
      developers.push(readDeveloper(body, { origin, defaults, email, mark }));
      return;
    }
    whole = false;
    findings.push(noEmail(what, address, mark, origin));
  };
  switch (tree.kind) {
    case "map":
      for (const { key, mark, value } of tree.entries) {
        findings.push(...checkShape(value, "developer", origin));
        add("the key of a developer", key, mark, value);
      }
      break;
    case "list":
      for (const item of tree.items) {
        findings.push(...checkShape(item, "listedDeveloper", origin));
        const email = entryOf(item, "email")?.value;
        const address = email === undefined ? undefined : textOf(email);
        // An email that is missing or no text is reported by the schema.
        if (email === undefined || address === undefined) whole = false;
        else add("the email of a developer", address, email.mark, item);
      }
      break;
    case "null":
      break;
    case "text":
    case "odd":
      whole = false;
  }
  return { developers, findings, whole };
}

/** REQUIRED_VALUE_MISSING has the name that the API gives to a record without its key. */
function noEmail(what: string, address: string, mark: Mark, origin: Origin): Finding {
  if (address.trim() === "") {
    const hint = "write the address, or take the developer out";
    return origin.finding(mark, "REQUIRED_VALUE_MISSING", `${what} is blank; it must be an email address`, hint);
  }
  const message = `${what} must be an email address; it is ${quoted(address)}`;
  return origin.finding(mark, "INVALID_EMAIL", message, emailHint(address));
}

function governingOf(tree: Tree): ReadonlyMap<Governing, Entry> {
  return new Map(
    GOVERNING.flatMap((key): [Governing, Entry][] => {
      const entry = entryOf(tree, key);
      return entry === undefined ? [] : [[key, entry]];
    }),
  );
}
