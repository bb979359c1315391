import { byId } from "./element.js";
import { plainText } from "./rows.js";

/** @typedef {import("./forest.js").Org} Org */
/** @typedef {import("./forest.js").View} View */
/** @typedef {import("./forest.js").Forest} Forest */

/**
 * The search for somebody in the chart: Enter goes from one to the next.
 *
 * @param {Org} org
 * @param {(view: View) => Forest} forestOf
 * @param {() => View} view
 * @param {(node: number) => void} reveal
 */
export function startFind(org, forestOf, view, reveal) {
  const find = /** @type {HTMLInputElement} */ (byId("find"));
  /** @type {string[] | null} */
  let texts = null;
  let wanted = "";
  /** @type {number[]} */
  let found = [];
  let at = -1;
  byId("find-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const words = plainText(find.value)
      .split(/\s+/)
      .filter((word) => word !== "");
    if (words.length === 0) return;
    texts ??= org.email.map((email, one) => plainText(`${org.name[one]} ${email}`));
    const all = texts;
    const asked = `${view()} ${words.join(" ")}`;
    if (asked !== wanted) {
      const { parent } = forestOf(view());
      found = [...all.keys()].filter((one) => parent[one] !== -2 && words.every((word) => all[one].includes(word)));
      wanted = asked;
      at = -1;
    }
    at = found.length === 0 ? -1 : (at + 1) % found.length;
    const node = found[at];
    byId("find-hits").textContent =
      node === undefined
        ? "Nobody found"
        : `${(at + 1).toLocaleString("en-US")} of ${found.length.toLocaleString("en-US")}: ${org.name[node] || org.email[node]}`;
    if (node !== undefined) reveal(node);
  });
}
