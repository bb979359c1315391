import { startChart } from "./chart.js";
import { byId } from "./element.js";
import { startTable } from "./table.js";

/** @typedef {import("./rows.js").Table} Table */

/** @param {string} id */
function dataOf(id) {
  return JSON.parse(byId(id).textContent ?? "null");
}

/** The page as it is without a script is complete but for search, order and chart: this adds them. */
function startPage() {
  document.documentElement.classList.add("scripted");
  /** @type {Table} */
  const data = dataOf("table-data");
  /** @type {ReturnType<typeof startChart> | null} */
  let chart = null;
  const chartOnce = () => {
    chart ??= startChart(dataOf("org-data"), data.signs);
    return chart;
  };
  // A plan without changes has no table.
  const table = data.kind.length === 0 ? null : startTable(data, (node, from) => chartOnce().goTo(node, from));
  // The table is there first: a chart of 100,000 people takes a moment.
  requestAnimationFrame(() => setTimeout(chartOnce));

  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details")].filter((one) => !one.open);
    for (const one of opened) one.open = true;
    table?.print(true);
    chartOnce().print(true);
  });
  addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
    table?.print(false);
    chartOnce().print(false);
  });
}

startPage();
