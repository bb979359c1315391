/** @typedef {import("./forest.js").Forest} Forest */

/**
 * A line of the chart: somebody; who moved away from here; or how many are not shown because nothing of theirs changes.
 *
 * @typedef {object} ChartRow
 * @property {"person" | "gone" | "rest"} what
 * @property {number} one the person; of `rest`, the manager of those who are not shown
 * @property {number} level from 1
 * @property {number} position from 1, among those of the same manager
 * @property {number} siblings
 * @property {boolean | null} open null: there is nothing to open
 * @property {number} people of `rest`: how many are not shown, with who is below them
 */

/**
 * The lines that are to be seen, from the top.
 *
 * @param {Forest} forest
 * @param {{ open: ReadonlySet<number>, openRest: ReadonlySet<number>, onlyChanged: boolean, order: (people: Int32Array) => number[] }} options
 * @returns {ChartRow[]}
 */
export function chartRows(forest, { open, openRest, onlyChanged, order }) {
  /** @type {ChartRow[]} */
  const rows = [];
  /** @type {ChartRow[]} */
  const waiting = [];

  /** @param {number} manager @param {number} level */
  const push = (manager, level) => {
    const people = order(forest.below(manager));
    const gone = order(forest.gone(manager));
    const touched = people.filter((one) => forest.touched[one] === 1);
    // Where nothing changes, there is nothing to tell the others from.
    const folds = onlyChanged && touched.length + gone.length > 0;
    const shown = folds ? touched : people;
    const rest = folds ? people.filter((one) => forest.touched[one] === 0) : [];
    const siblings = shown.length + gone.length + (rest.length > 0 ? 1 : 0);
    /** @type {ChartRow[]} */
    const made = [
      ...shown.map((one, at) => personRow(one, level, at + 1, siblings)),
      ...gone.map((one, at) => line("gone", one, level, shown.length + at + 1, siblings)),
    ];
    if (rest.length > 0) {
      const row = line("rest", manager, level, siblings, siblings);
      row.people = rest.reduce((sum, one) => sum + forest.size[one] + 1, 0);
      row.open = openRest.has(manager);
      made.push(row);
    }
    for (let at = made.length - 1; at >= 0; at -= 1) waiting.push(made[at]);
  };
  /** @param {number} one @param {number} level @param {number} position @param {number} siblings */
  const personRow = (one, level, position, siblings) => {
    const row = line("person", one, level, position, siblings);
    const opens = forest.size[one] > 0 || forest.gone(one).length > 0;
    row.open = opens ? open.has(one) : null;
    return row;
  };

  push(-1, 1);
  for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
    rows.push(row);
    if (row.open !== true) continue;
    if (row.what === "person") push(row.one, row.level + 1);
    if (row.what === "rest") {
      const rest = order(forest.below(row.one)).filter((one) => forest.touched[one] === 0);
      for (let at = rest.length - 1; at >= 0; at -= 1) {
        waiting.push(personRow(rest[at], row.level + 1, at + 1, rest.length));
      }
    }
  }
  return rows;
}

/**
 * @param {ChartRow["what"]} what @param {number} one @param {number} level @param {number} position @param {number} siblings
 * @returns {ChartRow}
 */
function line(what, one, level, position, siblings) {
  return { what, one, level, position, siblings, open: null, people: 0 };
}

/**
 * Whom to open at first: who has changes below, from the top, until about so many lines are to be seen.
 *
 * @param {Forest} forest
 * @param {number} most
 * @returns {Set<number>}
 */
export function openAtFirst(forest, most) {
  const open = new Set();
  const lines = (/** @type {number} */ manager) =>
    forest.below(manager).reduce((sum, one) => sum + forest.touched[one], 1) + forest.gone(manager).length;
  let shown = lines(-1);
  let level = [...forest.below(-1)];
  while (level.length > 0) {
    const next = [];
    for (const one of level) {
      if (forest.touched[one] === 0 || forest.changed[one] + forest.away[one] === 0) continue;
      const more = lines(one);
      if (shown + more > most && open.size > 0) continue;
      shown += more;
      open.add(one);
      next.push(...forest.below(one));
    }
    level = next;
  }
  return open;
}
