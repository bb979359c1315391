import { canonicalJson } from "../roster/checksum.js";
import type { KeptValues } from "../roster/kept-values.js";
import { strings } from "../roster/strings.js";
import { isObject } from "../sei/shape/json.js";
import { type EntryFolder, entryFolder } from "./entry-folder.js";

/**
 * Remembers the values that upserts send along until a read shows that they are still there. The next run compares, and
 * its plan puts back what is blank.
 */
export type ValuesJournal = EntryFolder<KeptValues>;

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

/**
 * In a private folder, one for each account.
 *
 * @param folder absolute; made when it is needed
 */
export function folderValues(folder: string): ValuesJournal {
  const kept = entryFolder(folder, {
    name: "values",
    what: "the values that are sent along",
    holds: "It holds values of records that an interrupted run wrote",
    remedy: "Compare the account with the last backup, then remove it",
    isEntry,
    without,
  });
  return {
    ...kept,
    async entries() {
      const values = await kept.entries();
      return values.map((one) => ({ ...one, attributes: strings(Object.entries(one.attributes)) }));
    },
  };
}

function without(values: readonly KeptValues[], others: readonly KeptValues[]): readonly KeptValues[] {
  const gone = new Set(others.map(canonicalJson));
  return values.filter((one) => !gone.has(canonicalJson(one)));
}

function isEntry(value: unknown): value is KeptValues {
  return (
    isObject(value) &&
    ["email", "name", "managerEmail"].every((key) => typeof value[key] === "string") &&
    isObject(value["attributes"]) &&
    Object.values(value["attributes"]).every((text) => typeof text === "string")
  );
}
