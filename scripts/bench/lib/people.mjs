// The people of every benchmark: the same roster as CSV and as YAML, without anything random.

/** Reports to somebody before them, eight to a manager: a tree of depth 6 for 100,000. */
export const emailOf = (/** @type {number} */ at) => `person.${at}@example.com`;
const managerOf = (/** @type {number} */ at) => (at === 0 ? "" : emailOf(Math.floor((at - 1) / 8)));
/** In no order: sorting by name is no gift. */
const nameOf = (/** @type {number} */ at) => `Person ${(at * 7919) % 99_991}`;
const teamOf = (/** @type {number} */ at) => `Team ${at % 300}`;

/**
 * @typedef {object} Edit who has another team than at first
 * @property {number} [changed] so many, spread evenly over the roster
 * @property {string} [team] the team that they have now
 */

/** Whether the developer at an index is one of those that an edit changes. */
function isChanged(/** @type {number} */ at, /** @type {number} */ count, /** @type {number} */ changed) {
  return Math.floor((at * changed) / count) !== Math.floor(((at - 1) * changed) / count);
}

/** @returns {string[]} each developer's team */
function teams(/** @type {number} */ count, /** @type {Edit} */ { changed = 0, team = "Moved" }) {
  return Array.from({ length: count }, (_, at) => (isChanged(at, count, changed) ? team : teamOf(at)));
}

/** An HRIS export: about 100 bytes a developer. */
export function csvOf(/** @type {number} */ count, /** @type {Edit} */ edit = {}) {
  const rows = teams(count, edit).map(
    (team, at) => `${nameOf(at)},${emailOf(at)},${managerOf(at)},Engineer ${at % 7},${team},Site ${at % 12}\n`,
  );
  return `Name,Email,Manager Email,Role,Team,Site\n${rows.join("")}`;
}

/** The same roster as a file that people edit: about 170 bytes a developer. */
export function yamlOf(/** @type {number} */ count, /** @type {Edit} */ edit = {}) {
  const people = teams(count, edit).map(
    (team, at) =>
      `  ${emailOf(at)}:\n    name: ${nameOf(at)}\n    manager: ${managerOf(at) || "null"}\n` +
      `    Role: Engineer ${at % 7}\n    Team: ${team}\n    Site: Site ${at % 12}\n`,
  );
  return `version: 1\ndevelopers:\n${people.join("")}`;
}
