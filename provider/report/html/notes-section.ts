import type { KeptPeople, Review } from "../review.js";
import { personText } from "./change-rows.js";
import { html, type Markup, when } from "./markup.js";
import { peopleList } from "./people-list.js";

const MOST_WARNINGS = 200;
const MOST_KEPT = 500;

/** What a reviewer should look at twice; nothing when there is nothing. */
export function warningsSection({ warnings }: Review): Markup {
  const more = warnings.length - MOST_WARNINGS;
  return when(
    warnings.length > 0,
    () => html`<section aria-labelledby="warnings-title">
<h2 id="warnings-title">Look twice (${warnings.length})</h2>
<p>Who joins has the name or an identity of who leaves. If that is one person, a new address loses the identities and the history of the old one, unless it is declared under <code>previousEmails</code>.</p>
${warnings
  .slice(0, MOST_WARNINGS)
  .map(
    ({ joins, leaves }) =>
      html`<p class="warning"><bdi>${personText(joins)}</bdi> joins, <bdi>${personText(leaves)}</bdi> leaves</p>`,
  )}${when(more > 0, () => html`<p>and ${more} more</p>`)}
</section>`,
  );
}

/** What every guard says, open when one refuses. */
export function guardsSection({ guards, refusals }: Review): Markup {
  return html`<section aria-labelledby="guards-title">
<h2 id="guards-title">Guards</h2>
<details${when(refusals.length > 0, () => html` open`)}>
<summary>${refusals.length === 0 ? `All ${guards.length} guards let this plan pass` : `${refusals.length} of ${guards.length} guards refuse this plan`}</summary>
<table class="guards">
<thead><tr><th scope="col">Guard</th><th scope="col">Verdict</th><th scope="col">Actual</th><th scope="col">Limit</th></tr></thead>
<tbody>${[...guards]
    .sort((one, other) => Number(other.verdict === "refused") - Number(one.verdict === "refused"))
    .map(
      ({ name, verdict, actual, limit }) =>
        html`<tr><th scope="row"><code>${name}</code></th><td class="${verdict}">${verdict === "refused" ? "✗ refused" : "✓ passed"}</td><td class="number">${actual}</td><td>${limit}</td></tr>
`,
    )}</tbody>
</table>
</details>
</section>`;
}

const KEPT: Readonly<Record<KeptPeople["because"], string>> = {
  notOurs: "live, but not declared here",
  outOfScope: "outside of this roster's scope",
  joinsLater: "live already, although they join later",
};

/** Who is live, not declared, and stays; nothing when there is nobody. */
export function keptSection({ kept }: Review): Markup {
  return when(
    kept.length > 0,
    () => html`<section aria-labelledby="kept-title">
<h2 id="kept-title">Kept</h2>
${kept.map(
  ({ because, people }) =>
    html`<details><summary>${people.length} ${KEPT[because]}</summary>${peopleList(people.map(personText), MOST_KEPT)}</details>`,
)}
</section>`,
  );
}
