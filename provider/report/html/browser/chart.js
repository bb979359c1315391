import { labelOf, lineElement } from "./chart-line.js";
import { chartRows, openAtFirst } from "./chart-rows.js";
import { byId, counted } from "./element.js";
import { startFind } from "./find.js";
import { makeForest } from "./forest.js";

/** @typedef {import("./forest.js").Org} Org */
/** @typedef {import("./forest.js").View} View */
/** @typedef {import("./forest.js").Forest} Forest */
/** @typedef {import("./chart-rows.js").ChartRow} ChartRow */

/** About as many lines are open at first: enough for the way to 50 people who change in a large chart. */
const FIRST_LINES = 600;

/**
 * The org chart: a tree of which only the lines in sight are in the page.
 *
 * @param {Org} org
 * @param {Record<string, string>} signs by state
 */
export function startChart(org, signs) {
  const tree = byId("tree");
  const lines = byId("tree-lines");
  const only = /** @type {HTMLInputElement} */ (byId("only-changed"));
  const views = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("input[name=view]")]);
  const label = (/** @type {number} */ one) => labelOf(org, one);
  const keys = new Map();
  const keyOf = (/** @type {number} */ one) => {
    const key = keys.get(one) ?? label(one).toLowerCase();
    keys.set(one, key);
    return key;
  };
  const order = (/** @type {Int32Array} */ people) =>
    [...people].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : keyOf(one) > keyOf(other) ? 1 : one - other));

  /** @type {Map<View, Forest>} */
  const forests = new Map();
  const forestOf = (/** @type {View} */ one) => {
    const made = forests.get(one) ?? makeForest(org, one);
    forests.set(one, made);
    return made;
  };
  /** @type {View} */
  let view = "both";
  let forest = forestOf(view);
  let open = openAtFirst(forest, FIRST_LINES);
  /** @type {Set<number>} */
  let openRest = new Set();
  /** @type {ChartRow[]} */
  let rows = [];
  let active = 0;
  let height = 30;
  /** @type {HTMLElement | null} */
  let cameFrom = null;

  const keyOfRow = (/** @type {ChartRow | undefined} */ row) =>
    row === undefined ? "" : `${row.what} ${row.one} ${row.level}`;

  /** Draws the lines that are in sight, or all of them. */
  const draw = (everything = false) => {
    height = Number.parseFloat(getComputedStyle(tree).getPropertyValue("--line")) || 30;
    // First, for the tree is only as high as its lines.
    lines.style.height = everything ? "auto" : `${rows.length * height}px`;
    const from = everything ? 0 : Math.max(0, Math.floor(tree.scrollTop / height) - 10);
    const to = everything
      ? Math.min(rows.length, 5_000)
      : Math.ceil((tree.scrollTop + tree.clientHeight) / height) + 10;
    const shown = rows.slice(from, to).map((row, at) => lineOf(row, from + at));
    // Who is named as active must be in the page, also when it was scrolled out of sight.
    if (active < from) shown.unshift(lineOf(rows[active], active));
    else if (active >= to && active < rows.length) shown.push(lineOf(rows[active], active));
    lines.replaceChildren(...shown);
    if (rows.length > 0) tree.setAttribute("aria-activedescendant", `line-${active}`);
    else tree.removeAttribute("aria-activedescendant");
  };

  /** @param {ChartRow} row @param {number} at */
  const lineOf = (row, at) => {
    const made = lineElement(row, { org, forest, view, signs });
    made.id = `line-${at}`;
    made.dataset["at"] = String(at);
    made.style.top = `${at * height}px`;
    made.setAttribute("aria-selected", String(at === active));
    return made;
  };

  /** Finds the lines again, keeps the active one, and draws. */
  const update = () => {
    const was = keyOfRow(rows[active]);
    rows = chartRows(forest, { open, openRest, onlyChanged: only.checked, order });
    const again = rows.findIndex((row) => keyOfRow(row) === was);
    active = again >= 0 ? again : Math.min(active, Math.max(0, rows.length - 1));
    byId("chart-empty").hidden = rows.length > 0;
    tree.hidden = rows.length === 0;
    draw();
  };

  /** @param {number} to */
  const activate = (to) => {
    active = Math.max(0, Math.min(rows.length - 1, to));
    const top = active * height;
    if (top < tree.scrollTop) tree.scrollTop = top;
    else if (top + height > tree.scrollTop + tree.clientHeight) tree.scrollTop = top + height - tree.clientHeight;
    draw();
  };

  /** @param {ChartRow} row @param {boolean} opens */
  const setOpen = (row, opens) => {
    const set = row.what === "rest" ? openRest : open;
    if (opens) set.add(row.one);
    else set.delete(row.one);
    update();
  };

  /** @param {View} to */
  const look = (to) => {
    view = to;
    forest = forestOf(view);
    for (const one of views) one.checked = one.value === view;
    byId("chart-hits").textContent = `${counted(forest.count, "person", "people")} in this chart`;
    update();
  };

  /**
   * Opens everything above somebody and makes them the active line.
   *
   * @param {number} node
   */
  const reveal = (node) => {
    if (forest.parent[node] === -2) look("both");
    for (
      let one = node, above = forest.parent[node];
      one >= 0;
      one = above, above = one < 0 ? -1 : forest.parent[one]
    ) {
      if (above >= 0) open.add(above);
      if (only.checked && forest.touched[one] === 0) openRest.add(above);
    }
    update();
    height = Number.parseFloat(getComputedStyle(tree).getPropertyValue("--line")) || 30;
    active = Math.max(
      0,
      rows.findIndex(({ what, one }) => what === "person" && one === node),
    );
    tree.scrollTop = Math.max(0, active * height - tree.clientHeight / 3);
    draw();
  };

  let typed = "";
  let typedAt = 0;
  /** Goes to the next line that starts with what is typed. @param {string} key @param {number} now */
  const typeAhead = (key, now) => {
    typed = now - typedAt < 700 ? typed + key : key;
    typedAt = now;
    const wanted = typed.toLowerCase();
    for (let step = typed.length > 1 ? 0 : 1; step <= rows.length; step += 1) {
      const at = (active + step) % rows.length;
      if (rows[at].what !== "rest" && keyOf(rows[at].one).startsWith(wanted)) return activate(at);
    }
  };

  tree.addEventListener("keydown", (event) => {
    const row = rows[active];
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const screen = Math.max(1, Math.floor(tree.clientHeight / height) - 1);
    /** @type {Record<string, () => void>} */
    const does = {
      ArrowDown: () => activate(active + 1),
      ArrowUp: () => activate(active - 1),
      PageDown: () => activate(active + screen),
      PageUp: () => activate(active - screen),
      Home: () => activate(0),
      End: () => activate(rows.length - 1),
      ArrowRight: () =>
        row.open === false ? setOpen(row, true) : row.open === true ? activate(active + 1) : undefined,
      ArrowLeft: () => {
        if (row.open === true) return setOpen(row, false);
        for (let at = active - 1; at >= 0; at -= 1) if (rows[at].level < row.level) return activate(at);
      },
      Enter: () => (row.open === null ? undefined : setOpen(row, !row.open)),
      " ": () => (row.open === null ? undefined : setOpen(row, !row.open)),
      Escape: () => cameFrom?.focus(),
    };
    const act = does[event.key];
    if (act === undefined && event.key.length !== 1) return;
    event.preventDefault();
    if (act === undefined) typeAhead(event.key, event.timeStamp);
    else act();
  });
  tree.addEventListener("click", (event) => {
    const at = Number(
      /** @type {HTMLElement} */ (event.target).closest("[role=treeitem]")?.getAttribute("data-at") ?? -1,
    );
    const row = rows[at];
    if (row === undefined) return;
    active = at;
    if (row.open === null) draw();
    else setOpen(row, !row.open);
  });
  let drawing = 0;
  tree.addEventListener("scroll", () => {
    cancelAnimationFrame(drawing);
    drawing = requestAnimationFrame(() => draw());
  });
  addEventListener("resize", () => draw());
  only.addEventListener("change", () => update());
  for (const one of views) one.addEventListener("change", () => look(/** @type {View} */ (one.value)));
  byId("open-all").addEventListener("click", () => {
    open = new Set(org.email.keys());
    update();
  });
  byId("close-all").addEventListener("click", () => {
    open = new Set();
    openRest = new Set();
    active = 0;
    tree.scrollTop = 0;
    update();
  });
  startFind(org, forestOf, () => view, reveal);
  only.checked = forest.touched.includes(1);
  look(view);

  return {
    /** @param {number} node @param {HTMLElement | null} from where Escape leads back to */
    goTo(node, from) {
      cameFrom = from;
      reveal(node);
      byId("chart").scrollIntoView();
      tree.focus({ preventScroll: true });
    },
    /** @param {boolean} printing every open line is on paper, up to 5,000 */
    print(printing) {
      tree.classList.toggle("printing", printing);
      draw(printing);
    },
  };
}
