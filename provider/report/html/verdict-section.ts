import type { Review } from "../review.js";
import { html, type Markup, when } from "./markup.js";
import { peopleList } from "./people-list.js";

/** Whether the plan may be applied, what it does in numbers, and for every refusal why and what to do. */
export function verdictSection(review: Review): Markup {
  const { refusals } = review;
  return html`<section aria-labelledby="verdict-title">
<h2 id="verdict-title" class="unseen">Verdict and summary</h2>
${banner(review)}
${when(review.people === "masked", () => html`<p class="muted">Nobody is named here, and no value is shown.</p>`)}
${tiles(review)}
${refusals.map(
  (verdict) => html`<div class="refusal">
<h3>Refused by <code>${verdict.name}</code></h3>
<p>${verdict.reason ?? ""}</p>
<dl>${when(verdict.hint !== undefined, () => html`<dt>What to do</dt><dd>${verdict.hint ?? ""}</dd>`)}
${when(verdict.people.length > 0, () => html`<dt>Whom it concerns</dt><dd>${peopleList(verdict.people, 20)}</dd>`)}</dl>
</div>`,
)}
</section>`;
}

function banner({ refusals, way, checksum, counts }: Review): Markup {
  if (refusals.length > 0) {
    const by = refusals.map(({ name }) => name).join(", ");
    return html`<div class="verdict refused"><strong>✗ Refused.</strong> Nothing can be applied: refused by ${by}. Why, and what to do, is below.</div>`;
  }
  if (way.kind === "none" && Object.values(counts).some((count) => count > 0)) {
    return html`<div class="verdict nothing"><strong>Compared.</strong> Nothing is applied by this: ${way.why}.</div>`;
  }
  if (way.kind === "none") {
    return html`<div class="verdict nothing"><strong>✓ Nothing to change.</strong> The account is as declared.</div>`;
  }
  return html`<div class="verdict ready"><strong>✓ May be applied.</strong> No guard refuses it.
<p>By ${way.kind}, ${way.requests} writing ${way.requests === 1 ? "request" : "requests"}: ${way.why}. Checksum <code>${checksum}</code></p></div>`;
}

/** Numbers of people, but for identities and columns. */
function tiles(review: Review): Markup {
  const all: readonly (readonly [label: string, count: number, state: string])[] = [
    ["join", review.joins.length, "joins"],
    ["leave", review.leaves.length, "leaves"],
    ["get a new address", review.renames.length, "changes"],
    ["get another manager", review.managers.filter(({ samePerson }) => !samePerson).length, "moves"],
    ["get another team", review.teams.length, "changes"],
    ["get other values", review.others.length, "changes"],
    ["identities", review.identities.length, "changes"],
    ["columns", review.columns.length, "changes"],
  ];
  const shown = all.filter(([, count]) => count > 0);
  if (shown.length === 0) return html``;
  return html`<ul class="tiles" aria-label="How many">${shown.map(
    ([label, count, state]) => html`<li class="${state}"><b>${count}</b> ${label}</li>`,
  )}</ul>`;
}
