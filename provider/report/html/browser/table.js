import { badge, byId, counted, element } from "./element.js";
import { rowFinder } from "./rows.js";

/** @typedef {import("./rows.js").Table} Table */
/** @typedef {import("./rows.js").Value} Value */
/** @typedef {import("./rows.js").Cell} Cell */
/** @typedef {import("./rows.js").Column} Column */

/** How many rows the page holds at a time. */
const PAGE = 200;

/**
 * @param {Value} value
 * @param {string} [tag]
 */
function valueElement(value, tag = "bdi") {
  return typeof value === "string"
    ? element(tag, { class: "value", text: value })
    : element("span", { class: "said", text: value.said });
}

/** @param {Cell} cell @param {string} name */
function cellElement(cell, name) {
  const made = element("td", { class: name, role: "cell" });
  if (!Array.isArray(cell)) {
    made.append(valueElement(cell));
    return made;
  }
  for (const [label, value] of cell) {
    const shown = element("span", { class: "label", text: label });
    made.append(element("div", {}, [shown, document.createTextNode(" "), valueElement(value)]));
  }
  return made;
}

/** @param {Table} table @param {number} row */
function rowElement(table, row) {
  const kind = table.kinds[table.kind[row]];
  const name = table.name[row] === "" ? table.email[row] : table.name[row];
  const leads = table.node[row] >= 0;
  const who = element("td", { class: "who", role: "cell" });
  if (leads) {
    const hint = element("span", { class: "unseen", text: " in the org chart" });
    who.append(element("button", { class: "person" }, [element("bdi", { text: name }), hint]));
  } else {
    who.append(element("bdi", { class: "person", text: name === "" ? "Field mapping" : name }));
  }
  if (table.name[row] !== "") who.append(element("bdi", { class: "email", text: table.email[row] }));
  const what = element("td", { class: "what", role: "cell" }, [badge(kind.state, table.signs[kind.state], kind.word)]);
  if (table.what[row] !== "") what.append(element("bdi", { class: "field", text: table.what[row] }));
  const made = element("tr", { role: "row" }, [
    who,
    what,
    cellElement(table.before[row], "before"),
    cellElement(table.after[row], "after"),
  ]);
  made.dataset["row"] = String(row);
  if (leads) made.classList.add("leads");
  return made;
}

/**
 * The table of changes: search, filters, order, pages.
 *
 * @param {Table} table
 * @param {(node: number, from: HTMLElement) => void} goTo shows somebody in the chart
 */
export function startTable(table, goTo) {
  const finder = rowFinder(table);
  const body = byId("rows");
  const search = /** @type {HTMLInputElement} */ (byId("search"));
  const chips = [...byId("kinds").querySelectorAll("button")];
  const sorters = [...document.querySelectorAll("#changes-table button.sort")];
  /** @type {{ search: string, kinds: Set<number>, sort: Column | null, descending: boolean }} */
  const question = { search: "", kinds: new Set(), sort: null, descending: false };
  let found = finder.find(question);
  let page = 0;

  const draw = (most = PAGE) => {
    const rows = found.slice(page * PAGE, page * PAGE + most);
    body.replaceChildren(...rows.map((row) => rowElement(table, row)));
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    byId("page").textContent = `Page ${page + 1} of ${pages}`;
    byId("pages").hidden = pages === 1;
    setDisabled("previous", page === 0);
    setDisabled("next", page + 1 >= pages);
    byId("no-hits").hidden = found.length > 0;
  };
  const say = () => {
    const all = table.kind.length;
    byId("hits").textContent =
      found.length === all
        ? `All ${counted(all, "row", "rows")}`
        : `${found.length.toLocaleString("en-US")} of ${counted(all, "row", "rows")}`;
  };
  const ask = () => {
    found = finder.find(question);
    page = 0;
    draw();
    say();
  };
  /** @param {number} to */
  const turn = (to) => {
    page = to;
    draw();
    byId("changes").scrollIntoView();
  };

  let timer = 0;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      question.search = search.value;
      ask();
    }, 120);
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && search.value !== "") {
      event.preventDefault();
      search.value = "";
      question.search = "";
      ask();
    }
  });
  for (const chip of chips) {
    chip.addEventListener("click", () => {
      const kind = Number(chip.dataset["kind"]);
      if (!question.kinds.delete(kind)) question.kinds.add(kind);
      chip.setAttribute("aria-pressed", String(question.kinds.has(kind)));
      ask();
    });
  }
  for (const sorter of sorters) {
    sorter.addEventListener("click", () => {
      const column = /** @type {Column} */ (/** @type {HTMLElement} */ (sorter).dataset["column"]);
      const again = question.sort === column;
      question.sort = again && question.descending ? null : column;
      question.descending = again && !question.descending;
      for (const other of sorters) {
        const mine = other === sorter && question.sort !== null;
        other
          .closest("th")
          ?.setAttribute("aria-sort", mine ? (question.descending ? "descending" : "ascending") : "none");
      }
      ask();
    });
  }
  byId("previous").addEventListener("click", () => turn(page - 1));
  byId("next").addEventListener("click", () => turn(page + 1));
  body.addEventListener("click", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const node = table.node[Number(target.closest("tr")?.dataset["row"] ?? -1)] ?? -1;
    // Who marks text to copy it does not want to go anywhere.
    if (node < 0 || (target.closest("button") === null && String(getSelection()) !== "")) return;
    goTo(node, target.closest("tr")?.querySelector("button") ?? target);
  });
  ask();

  return {
    /** @param {boolean} printing every row that fits is on paper, up to 10,000 */
    print(printing) {
      if (printing) page = 0;
      draw(printing ? 10_000 : PAGE);
    },
  };
}

/** @param {string} id @param {boolean} disabled */
function setDisabled(id, disabled) {
  /** @type {HTMLButtonElement} */ (byId(id)).disabled = disabled;
}
