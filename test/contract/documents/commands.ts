import type { Sample } from "./documents";

/** What has to be put right in a command before it can be run at all: the document's own slips. */
export interface Correction {
  readonly what: string;
  readonly put: (command: string) => string;
}

const closed = (end: string): Correction => ({
  what: `the body ends without ${end}`,
  put: (command) => `${command.trimEnd()}${end}`,
});

/** By section of developer-records; every other command of the three documents runs as it stands. */
const CORRECTIONS: ReadonlyMap<string, readonly Correction[]> = new Map([
  ["Upsert developers (`PATCH /v2/developers`)", [closed("]'")]],
  ["Delete developers (`DELETE /v2/developers`)", [closed("}'")]],
  [
    "Search/list developers (`POST /v2/developers/list`)",
    [
      { what: "the URL has a line break for its ?", put: (command) => command.replace("/list\npage", "/list?page") },
      closed("}'"),
    ],
  ],
]);

export function correctionsOf({ section }: Sample): readonly Correction[] {
  return CORRECTIONS.get(section) ?? [];
}

/** A command without a key, although "All Harness SEI APIs require authentication": the seven of the tab "Previous". */
export function hasKey({ text }: Sample): boolean {
  return /x-api-key|authorization/i.test(text);
}

/** What stands for a reader's own: where the server is, what the key is, and which version is meant. */
export interface Own {
  readonly origin: string;
  readonly folder: string;
  readonly version: string;
}

/** Puts a reader's own in the place of the placeholders, and changes nothing else. */
export function filled(command: string, { origin, folder, version }: Own): string {
  const records = ["Name", "Email", "department"].map((column) => `"${column}": `);
  const values = ["Jane Smith", "jane@example.com", "Engineering"];
  let [record, number] = [0, 0];
  return command
    .replace(/https:\/\/(app\.harness\.io|<[a-z-]+>)/g, origin)
    .replace(/<YOUR_API_KEY>|<your_access_token>/g, "simulator")
    .replace(/<VERSION_ID>|<YOUR_UPLOAD_ID>/g, version)
    .replace(/<INTEGER>/g, () => ["0", "50"][number++] ?? "")
    .replace(/"<NEW_RECORD>": "string"/g, () => `${records[record]}"${values[record++]}"`)
    .replace("/PATH/Downloads", folder);
}
