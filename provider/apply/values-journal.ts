import { randomUUID } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { canonicalJson } from "../roster/checksum.js";
import type { KeptValues } from "../roster/kept-values.js";
import { strings } from "../roster/strings.js";
import { JournalError } from "./journal.js";
import { codeOf, makePrivateFolder, writePrivateFile } from "./private-file.js";

/**
 * Remembers the values that upserts send along until a read shows that they are still there. The next run compares, and
 * its plan puts back what is blank.
 */
export interface ValuesJournal {
  /** @throws JournalError when what is there cannot be read */
  entries(): Promise<readonly KeptValues[]>;
  /** @throws JournalError when they cannot be kept; then nothing may be written to the account */
  add(values: readonly KeptValues[]): Promise<void>;
  remove(values: readonly KeptValues[]): Promise<void>;
}

/** Ends with the process. */
export function memoryValues(): ValuesJournal {
  let kept: readonly KeptValues[] = [];
  return {
    entries: async () => kept,
    async add(values) {
      kept = [...kept, ...values];
    },
    async remove(values) {
      kept = without(kept, values);
    },
  };
}

/** The form of a file; its version goes up when the form changes. */
interface ValuesFile {
  readonly version: 1;
  readonly values: readonly KeptValues[];
}

/**
 * In a private folder, one for each account: every apply writes a file of its own. It names people.
 *
 * @param folder absolute; made when it is needed
 */
export function folderValues(folder: string): ValuesJournal {
  return {
    async entries() {
      const all = await Promise.all((await filesIn(folder)).map(readValues));
      return all.flat();
    },
    async add(values) {
      if (values.length === 0) return;
      try {
        await makePrivateFolder(folder);
        await writeValues(
          join(folder, `${new Date().toISOString().replaceAll(":", "-")}-${randomUUID()}.json`),
          values,
        );
      } catch (error) {
        throw new JournalError(
          `the values that are sent along cannot be written down in ${folder} (${codeOf(error)}), and without that they are not safe if this run is interrupted; nothing was sent. Make that folder writable`,
          { cause: error },
        );
      }
    },
    async remove(values) {
      for (const file of await filesIn(folder)) {
        const before = await readValues(file);
        const after = without(before, values);
        if (after.length === 0) await rm(file, { force: true });
        else if (after.length < before.length) await writeValues(file, after);
      }
    },
  };
}

function without(values: readonly KeptValues[], others: readonly KeptValues[]): readonly KeptValues[] {
  const gone = new Set(others.map(canonicalJson));
  return values.filter((one) => !gone.has(canonicalJson(one)));
}

function writeValues(file: string, values: readonly KeptValues[]): Promise<void> {
  const content: ValuesFile = { version: 1, values };
  return writePrivateFile(file, JSON.stringify(content));
}

/** The oldest first: their names begin with the time. */
async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => !name.startsWith(".") && name.endsWith(".json"))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw new JournalError(`the journal of values cannot be read: ${folder} (${codeOf(error)})`, { cause: error });
  }
}

/** None when another run has removed the file meanwhile. */
async function readValues(file: string): Promise<readonly KeptValues[]> {
  let written: unknown = null;
  try {
    written = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw unreadable(file, error);
  }
  if (!isValuesFile(written)) throw unreadable(file, null);
  return written.values.map((one) => ({ ...one, attributes: strings(Object.entries(one.attributes)) }));
}

function unreadable(file: string, cause: unknown): JournalError {
  return new JournalError(
    `the journal of values cannot be read: ${file}. It holds values of records that an interrupted run wrote; it was changed, or written by another version of the package. Compare the account with the last backup, then remove it`,
    { cause },
  );
}

function isValuesFile(value: unknown): value is ValuesFile {
  if (!isObject(value) || value["version"] !== 1 || !Array.isArray(value["values"])) return false;
  return value["values"].every(
    (one: unknown) =>
      isObject(one) &&
      ["email", "name", "managerEmail"].every((key) => typeof one[key] === "string") &&
      isObject(one["attributes"]) &&
      Object.values(one["attributes"]).every((text) => typeof text === "string"),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
