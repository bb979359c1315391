import { badge, counted, element } from "./element.js";

/** @typedef {import("./forest.js").Org} Org */
/** @typedef {import("./forest.js").View} View */
/** @typedef {import("./forest.js").Forest} Forest */
/** @typedef {import("./chart-rows.js").ChartRow} ChartRow */
/** @typedef {{ org: Org, forest: Forest, view: View, signs: Record<string, string> }} Shown */

/** What a letter of `Org.state` stands for. */
const STATES = /** @type {Record<string, string>} */ ({
  j: "joins",
  l: "leaves",
  m: "moves",
  c: "changes",
  s: "stays",
});

/** @param {Org} org @param {number} one */
export function labelOf(org, one) {
  return org.name[one] || org.email[one];
}

/**
 * One line of the chart, without its place.
 *
 * @param {ChartRow} row
 * @param {Shown} shown
 */
export function lineElement(row, { org, forest, view, signs }) {
  const made = element("div", { class: "line", role: "treeitem" });
  made.style.setProperty("--level", String(Math.min(row.level - 1, 24)));
  made.setAttribute("aria-level", String(row.level));
  made.setAttribute("aria-posinset", String(row.position));
  made.setAttribute("aria-setsize", String(row.siblings));
  if (row.open !== null) made.setAttribute("aria-expanded", String(row.open));
  const twist = element("span", { class: "twist", text: row.open === null ? "" : row.open ? "▾" : "▸" });
  twist.setAttribute("aria-hidden", "true");
  made.append(twist);
  if (row.what === "rest") {
    made.classList.add("rest");
    made.append(element("span", { text: `${counted(row.people, "person", "people")} unchanged` }));
    return made;
  }
  const { one } = row;
  const state = STATES[org.state[one]];
  const isGone = row.what === "gone";
  made.classList.add(isGone ? "gone" : state);
  made.append(element("bdi", { class: "name", text: labelOf(org, one) }));
  if (org.name[one] !== "") made.append(element("bdi", { class: "email", text: org.email[one] }));
  if (isGone) made.append(badge("moves", "←", "moves away"));
  else if (state !== "stays") {
    made.append(badge(state, signs[state], view === "before" && state === "moves" ? "will move" : state));
  }
  if (state === "moves") {
    const leads = isGone || view === "before";
    const manager = leads ? org.after[one] : org.before[one];
    const name = manager < 0 ? "nobody" : labelOf(org, manager);
    made.append(element("bdi", { class: "note", text: `${leads ? "to" : "from"} ${name}` }));
  }
  const count = isGone ? "" : countOf(forest, one);
  if (count !== "") made.append(element("span", { class: "count", text: count }));
  return made;
}

/** How many are below somebody and change, and what is odd. @param {Forest} forest @param {number} one */
function countOf(forest, one) {
  const parts = [];
  const [below, changed, away] = [forest.size[one], forest.changed[one], forest.away[one]];
  if (forest.cut[one] === 1) parts.push("in a circle: reports to somebody below");
  if (below > 0) parts.push(`${counted(below, "person", "people")} below`);
  if (changed > 0) parts.push(`${changed.toLocaleString("en-US")} changed`);
  if (away > 0) parts.push(`${counted(away, "move", "moves")} away`);
  if (below > 0 && changed + away === 0) parts.push("unchanged");
  return parts.join(", ");
}
