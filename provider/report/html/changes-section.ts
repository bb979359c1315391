import { type Cell, type ChangeRow, KINDS, SIGNS, type Value } from "./change-row.js";
import { html, type Markup, when } from "./markup.js";

/** As many rows are in the page without a script: a page of the table with it. */
const STATIC_ROWS = 200;

/** The table of all changes. A script draws the same rows again, with search, filters, order and pages. */
export function changesSection(rows: readonly ChangeRow[]): Markup {
  if (rows.length === 0) return html`<section id="changes" aria-label="Changes"></section>`;
  const more = rows.length - STATIC_ROWS;
  return html`<section id="changes" aria-labelledby="changes-title" tabindex="-1">
<h2 id="changes-title">Changes</h2>
<div class="needs-script control">
<div class="bar"><div class="field-box"><label for="search">Search in all changes</label>
<input type="search" id="search" autocomplete="off" spellcheck="false" aria-describedby="hits"></div></div>
<div id="kinds" role="group" aria-label="Show only">${KINDS.map(({ kind, label }, number) => {
    const count = rows.filter((row) => row.kind === kind).length;
    return when(
      count > 0,
      () => html`<button type="button" data-kind="${number}" aria-pressed="false">${label} ${count}</button>`,
    );
  })}</div>
</div>
<p id="hits" role="status" class="muted">${more > 0 ? html`The first ${STATIC_ROWS} of ${rows.length} rows` : html`All ${rows.length} rows`}</p>
<table id="changes-table" role="table">
<caption class="unseen">Who changes, what, and the values before and after</caption>
<thead role="rowgroup"><tr role="row">${COLUMNS.map(
    ([column, label]) =>
      html`<th scope="col" role="columnheader" class="${column}" aria-sort="none"><span class="plain">${label}</span><button type="button" class="sort" data-column="${column}">${label}</button></th>`,
  )}</tr></thead>
<tbody id="rows" role="rowgroup">${rows.slice(0, STATIC_ROWS).map(rowMarkup)}</tbody>
</table>
<p id="no-hits" hidden>No change fits. Search for fewer words, or show other kinds.</p>
<div id="pages" class="needs-script control" role="group" aria-label="Pages of the table" hidden><button type="button" id="previous">Previous page</button><span id="page"></span><button type="button" id="next">Next page</button></div>
${when(more > 0, () => html`<p class="without-script">${more} more rows are in this file: open it with JavaScript to read them. It loads nothing from the network.</p>`)}
</section>`;
}

const COLUMNS = [
  ["who", "Who"],
  ["what", "What"],
  ["before", "Before"],
  ["after", "After"],
] as const;

function rowMarkup(row: ChangeRow): Markup {
  const words = KINDS.find(({ kind }) => kind === row.kind);
  const { word, state } = words ?? { word: row.kind, state: "changes" as const };
  const name = row.email === "" ? "Field mapping" : row.name === "" ? row.email : row.name;
  return html`<tr role="row"><td class="who" role="cell"><bdi class="person">${name}</bdi>${when(
    row.name !== "",
    () => html` <bdi class="email">${row.email}</bdi>`,
  )}</td><td class="what" role="cell"><span class="badge ${state}"><span class="sign" aria-hidden="true">${SIGNS[state]}</span><span>${word}</span></span>${when(
    row.what !== "",
    () => html` <bdi class="field">${row.what}</bdi>`,
  )}</td><td class="before" role="cell">${cellMarkup(row.before)}</td><td class="after" role="cell">${cellMarkup(row.after)}</td></tr>
`;
}

function cellMarkup(cell: Cell): Markup {
  if (typeof cell === "string" || "said" in cell) return valueMarkup(cell);
  return html`${cell.map(([name, value]) => html`<div><span class="label">${name}</span> ${valueMarkup(value)}</div>`)}`;
}

function valueMarkup(value: Value): Markup {
  return typeof value === "string"
    ? html`<bdi class="value">${value}</bdi>`
    : html`<span class="said">${value.said}</span>`;
}
