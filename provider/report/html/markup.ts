import { visibleText } from "./visible-text.js";

/** HTML that is ready to be written: whatever came from a user is escaped in it. Only {@link html} makes it. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What may stand in a place of {@link html}: text is escaped, markup is not, of lists every entry stands. */
export type Filling = string | number | Markup | readonly Markup[];

/**
 * A piece of HTML. Texts may stand between tags and in quoted attributes, nowhere else.
 *
 * @example
 * html`<td>${"<b>"}</td>`.text; // "<td>&lt;b&gt;</td>"
 */
export function html(pieces: TemplateStringsArray, ...fillings: readonly Filling[]): Markup {
  return new Markup(pieces.map((piece, at) => (at === 0 ? piece : `${fill(fillings[at - 1] ?? "")}${piece}`)).join(""));
}

/** Markup when a condition holds, and nothing else. */
export function when(holds: boolean, markup: () => Markup): Markup {
  return holds ? markup() : NOTHING;
}

const NOTHING = new Markup("");

function fill(filling: Filling): string {
  if (filling instanceof Markup) return filling.text;
  if (typeof filling === "number") return filling.toLocaleString("en-US");
  if (typeof filling === "string") return escapeText(filling);
  return filling.map(({ text }) => text).join("");
}

function escapeText(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/**
 * JSON that may stand in a `<script type="application/json">`: without `<` nothing in it ends the element or opens a
 * comment, and it parses to the same value.
 *
 * @example
 * scriptJson("</script>"); // '"\\u003c/script>"'
 */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, "\\u003c")
    .replace(/\u2028/g, "\\u2028")
    .replace(/\u2029/g, "\\u2029");
}
