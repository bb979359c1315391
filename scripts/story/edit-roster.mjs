import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** @typedef {{ file: string, removed: readonly string[], added: readonly string[] }} Edit */

const NEW = [
  "  nia@example.com:",
  "    name: Nia Okafor",
  "    manager: ada@example.com",
  "    Role: Engineer",
  "    identities: { github: nia, jira: JIRAUSER208499 }",
];

/**
 * Edits the payments team as a pull request would: Nia joins, Annie leaves, Betty gets a new manager.
 *
 * @param {string} folder of the roster
 * @returns {Promise<Edit>}
 */
export async function editRoster(folder) {
  const file = join(folder, "payments.yaml");
  const before = (await readFile(file, "utf8")).trimEnd().split("\n");
  const annie = before.indexOf("  annie@example.com:");
  const betty = before.indexOf("  betty@example.com:");
  const manager = before.findIndex((line, at) => at > betty && line.startsWith("    manager:"));
  if (annie < 0 || betty < 0 || manager < 0) throw new Error("the example roster has changed; so must this story");
  const leaves = before.slice(annie, betty);
  const newManager = "    manager: dorothy@example.com";
  const after = before.map((line, at) => (at === manager ? newManager : line));
  after.splice(annie, leaves.length);
  await writeFile(file, `${[...after, ...NEW].join("\n")}\n`);
  return { file: "payments.yaml", removed: [...leaves, before[manager]], added: [newManager, ...NEW] };
}

/** The edit as a reviewer knows it from a pull request. */
export function showEdit(/** @type {Edit} */ { file, removed, added }) {
  return [`  ${file}`, ...removed.map((line) => `  -${line}`), ...added.map((line) => `  +${line}`), ""].join("\n");
}
