import { html, type Markup } from "./markup.js";

/** The frame of the org chart: a script draws the tree. */
export function chartSection(): Markup {
  return html`<section id="chart" aria-labelledby="chart-title">
<h2 id="chart-title">Org chart</h2>
<p class="without-script">The org chart needs JavaScript. It loads nothing from the network.</p>
<div class="needs-script">
<div class="bar control">
<fieldset><legend>Show</legend>
<label><input type="radio" name="view" value="before"> Before</label>
<label><input type="radio" name="view" value="after"> After</label>
<label><input type="radio" name="view" value="both" checked> Both</label></fieldset>
<label class="toggle"><input type="checkbox" id="only-changed" checked> Only what changes</label>
<span><button type="button" id="open-all">Open all</button> <button type="button" id="close-all">Close all</button></span>
</div>
<form id="find-form" class="bar control" role="search" aria-label="In the org chart"><div><label for="find">Find somebody</label>
<input type="search" id="find" autocomplete="off" spellcheck="false" aria-describedby="find-hits"></div><button type="submit">Find next</button>
<span id="find-hits" role="status" class="muted"></span></form>
<p class="muted"><span id="chart-hits" role="status"></span><span class="control"> · arrow keys walk and open, Enter opens or closes, letters jump to a name, Escape leads back to the table</span></p>
<div id="tree" role="tree" tabindex="0" aria-labelledby="chart-title"><div id="tree-lines" role="presentation"></div></div>
<p id="chart-empty" hidden>Nobody is in this chart.</p>
</div>
</section>`;
}
