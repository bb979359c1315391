import { html, type Markup, when } from "./markup.js";

/** The first of some people, and how many more there are. */
export function peopleList(people: readonly string[], most: number): Markup {
  const more = people.length - most;
  return html`<ul class="people">${people.slice(0, most).map((one) => html`<li><bdi>${one}</bdi></li>`)}${when(
    more > 0,
    () => html`<li>and ${more} more</li>`,
  )}</ul>`;
}
