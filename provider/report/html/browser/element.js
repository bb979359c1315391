/**
 * Makes an element. Texts get into the page here and in `setText` only, as text.
 *
 * @param {string} tag
 * @param {{ class?: string, text?: string, role?: string, hidden?: boolean }} [options]
 * @param {readonly Node[]} [children]
 * @returns {HTMLElement}
 */
export function element(tag, options = {}, children = []) {
  const made = document.createElement(tag);
  if (options.class !== undefined) made.className = options.class;
  if (options.text !== undefined) made.textContent = options.text;
  if (options.role !== undefined) made.setAttribute("role", options.role);
  made.append(...children);
  return made;
}

/**
 * @param {string} id
 * @returns {HTMLElement} throws when the page has none
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

/**
 * A sign and a word for what becomes of somebody: never a colour alone.
 *
 * @param {string} state
 * @param {string} sign
 * @param {string} word
 */
export function badge(state, sign, word) {
  const shown = element("span", { class: "sign", text: sign });
  shown.setAttribute("aria-hidden", "true");
  return element("span", { class: `badge ${state}` }, [shown, element("span", { text: word })]);
}

/**
 * @param {number} count
 * @param {string} one
 * @param {string} many
 */
export function counted(count, one, many) {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}
