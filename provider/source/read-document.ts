import { emailKey, isEmail } from "../roster/email.js";
import { checkShape } from "./check-shape.js";
import {
  GOVERNING,
  type Governing,
  type RosterDocument,
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
    findings: [...shape, ...people.findings],
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
  const add = (address: string, mark: Mark, body: Tree): void => {
    const email = emailKey(address);
    if (!isEmail(email)) {
      whole = false;
      findings.push(
        origin.finding(
          mark,
          "INVALID_EMAIL",
          `the key of a developer must be an email address; it is ${quoted(address)}`,
        ),
      );
      return;
    }
    developers.push(readDeveloper(body, { origin, defaults, email, mark }));
  };
  switch (tree.kind) {
    case "map":
      for (const { key, mark, value } of tree.entries) {
        findings.push(...checkShape(value, "developer", origin));
        add(key, mark, value);
      }
      break;
    case "list":
      for (const item of tree.items) {
        findings.push(...checkShape(item, "listedDeveloper", origin));
        const email = entryOf(item, "email")?.value;
        // An email that is missing, no text or no address is reported by the schema.
        if (email?.kind === "text" && isEmail(emailKey(email.text))) add(email.text, email.mark, item);
        else whole = false;
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

function governingOf(tree: Tree): ReadonlyMap<Governing, Entry> {
  return new Map(
    GOVERNING.flatMap((key): [Governing, Entry][] => {
      const entry = entryOf(tree, key);
      return entry === undefined ? [] : [[key, entry]];
    }),
  );
}
