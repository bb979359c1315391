/** @typedef {"before" | "after" | "both"} View */
/**
 * @typedef {object} Org
 * @property {string[]} name
 * @property {string[]} email
 * @property {string} state by person: j(oins), l(eaves), m(oves), c(hanges), s(tays)
 * @property {number[]} before by person: the manager before; -1: nobody
 * @property {number[]} after
 */
/**
 * Who is below whom in one view. In `both`, everybody is below their manager after it, of who leaves before it, and
 * `gone` has who moved away from somebody.
 *
 * @typedef {object} Forest
 * @property {Int32Array} parent -1: at the top
 * @property {Uint8Array} cut 1: reports to themselves in a circle, which is opened here
 * @property {(manager: number) => Int32Array} below -1: who is at the top
 * @property {(manager: number) => Int32Array} gone
 * @property {Int32Array} size how many are below somebody, at any depth
 * @property {Int32Array} changed how many of these change
 * @property {Int32Array} away how many move away from somebody, or from somebody below
 * @property {Uint8Array} touched 1: they change, or somebody below them or moved away from them
 * @property {number} count how many there are
 */

/**
 * @param {Org} org
 * @param {View} view
 * @returns {Forest}
 */
export function makeForest(org, view) {
  const everybody = org.email.length;
  const parent = new Int32Array(everybody).fill(-2);
  let count = 0;
  for (let one = 0; one < everybody; one += 1) {
    const state = org.state[one];
    if (state === (view === "before" ? "j" : view === "after" ? "l" : "")) continue;
    parent[one] = view === "before" || state === "l" ? org.before[one] : org.after[one];
    count += 1;
  }
  // Somebody whose manager isn't in this view is at the top of it.
  for (let one = 0; one < everybody; one += 1) if (parent[one] >= 0 && parent[parent[one]] === -2) parent[one] = -1;
  const cut = cutCircles(parent);
  const below = grouped(parent, everybody);
  const left = new Int32Array(everybody).fill(-2);
  if (view === "both") {
    for (let one = 0; one < everybody; one += 1) if (org.state[one] === "m") left[one] = org.before[one];
  }
  const gone = grouped(left, everybody);

  const size = new Int32Array(everybody);
  const changed = new Int32Array(everybody);
  const away = new Int32Array(everybody);
  const touched = new Uint8Array(everybody);
  const order = topDown(below, count);
  for (let at = order.length - 1; at >= 0; at -= 1) {
    const one = order[at];
    const changes = org.state[one] === "s" ? 0 : 1;
    away[one] += gone(one).length;
    if (changes === 1 || away[one] > 0) touched[one] = 1;
    const manager = parent[one];
    if (manager < 0) continue;
    size[manager] += size[one] + 1;
    changed[manager] += changed[one] + changes;
    away[manager] += away[one];
    if (touched[one] === 1) touched[manager] = 1;
  }
  return { parent, cut, below, gone, size, changed, away, touched, count };
}

/**
 * Opens every circle at the first of it, who gets to the top.
 *
 * @param {Int32Array} parent is changed
 * @returns {Uint8Array} 1: opened here
 */
function cutCircles(parent) {
  const cut = new Uint8Array(parent.length);
  const walk = new Int32Array(parent.length);
  for (let start = 0; start < parent.length; start += 1) {
    let one = start;
    while (one >= 0 && walk[one] === 0) {
      walk[one] = start + 1;
      one = parent[one];
    }
    if (one < 0 || walk[one] !== start + 1) continue;
    let first = one;
    for (let next = parent[one]; next !== one; next = parent[next]) if (next < first) first = next;
    parent[first] = -1;
    cut[first] = 1;
  }
  return cut;
}

/**
 * People by manager, in one array.
 *
 * @param {Int32Array} managers by person; -1: the top, -2: nowhere
 * @param {number} everybody
 * @returns {(manager: number) => Int32Array}
 */
function grouped(managers, everybody) {
  const start = new Int32Array(everybody + 2);
  for (const manager of managers) if (manager >= -1) start[manager + 2] += 1;
  for (let at = 1; at < start.length; at += 1) start[at] += start[at - 1];
  const next = start.slice();
  const list = new Int32Array(start[everybody + 1]);
  for (let one = 0; one < managers.length; one += 1) {
    const manager = managers[one];
    if (manager < -1) continue;
    list[next[manager + 1]] = one;
    next[manager + 1] += 1;
  }
  return (manager) => list.subarray(start[manager + 1], start[manager + 2]);
}

/**
 * @param {(manager: number) => Int32Array} below
 * @param {number} count
 * @returns {Int32Array} everybody, managers before their people
 */
function topDown(below, count) {
  const order = new Int32Array(count);
  let filled = 0;
  order.set(below(-1), 0);
  filled = below(-1).length;
  for (let at = 0; at < filled; at += 1) {
    const people = below(order[at]);
    order.set(people, filled);
    filled += people.length;
  }
  return order;
}
