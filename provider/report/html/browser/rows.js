/** @typedef {string | { said: string }} Value */
/** @typedef {Value | [string, Value][]} Cell */
/**
 * @typedef {object} Table
 * @property {{ kind: string, label: string, word: string, state: string }[]} kinds
 * @property {Record<string, string>} signs
 * @property {number[]} kind
 * @property {number[]} node
 * @property {string[]} name
 * @property {string[]} email
 * @property {string[]} what
 * @property {Cell[]} before
 * @property {Cell[]} after
 */
/** @typedef {"who" | "what" | "before" | "after"} Column */
/**
 * @typedef {object} Question
 * @property {string} search words, all of which a row must have
 * @property {ReadonlySet<number>} kinds none: every kind
 * @property {Column | null} sort
 * @property {boolean} descending
 */

const ASCII = /^[ -~]*$/;

/**
 * Small letters without accents, so that "jose" finds "José".
 *
 * @param {string} text
 */
export function plainText(text) {
  // Most texts have no accents, and looking for none is much faster.
  return (ASCII.test(text) ? text : text.normalize("NFKD").replace(/\p{M}/gu, "")).toLowerCase();
}

/**
 * @param {Value} value
 */
export function valueText(value) {
  return typeof value === "string" ? value : value.said;
}

/**
 * @param {Cell} cell
 */
export function cellText(cell) {
  return Array.isArray(cell) ? cell.map(([name, value]) => `${name} ${valueText(value)}`).join(" ") : valueText(cell);
}

/**
 * Answers questions about the rows. What it needs for that is made at the first question that needs it.
 *
 * @param {Table} table
 */
export function rowFinder(table) {
  const count = table.kind.length;
  /** @type {string[] | null} */
  let texts = null;
  /** @type {Map<Column, Int32Array>} */
  const ranks = new Map();

  /** @param {number} row */
  const word = (row) => table.kinds[table.kind[row]].word;
  /** @type {Record<Column, (row: number) => string>} */
  const textOf = {
    who: (row) => `${table.name[row]} ${table.email[row]}`,
    what: (row) => `${table.kind[row]} ${table.what[row]}`,
    before: (row) => cellText(table.before[row]),
    after: (row) => cellText(table.after[row]),
  };
  const searchTexts = () => {
    texts ??= Array.from({ length: count }, (_, row) =>
      plainText(`${textOf.who(row)} ${word(row)} ${table.what[row]} ${textOf.before(row)} ${textOf.after(row)}`),
    );
    return texts;
  };
  /** @param {Column} column */
  const rankOf = (column) => {
    let rank = ranks.get(column);
    if (rank === undefined) {
      const keys = Array.from({ length: count }, (_, row) => textOf[column](row).toLowerCase());
      const order = Array.from({ length: count }, (_, row) => row);
      order.sort((one, other) => (keys[one] < keys[other] ? -1 : keys[one] > keys[other] ? 1 : one - other));
      rank = new Int32Array(count);
      for (let at = 0; at < count; at += 1) rank[order[at]] = at;
      ranks.set(column, rank);
    }
    return rank;
  };

  return {
    /**
     * @param {Question} question
     * @returns {number[]} the rows that fit, in the order asked for
     */
    find({ search, kinds, sort, descending }) {
      const words = plainText(search)
        .split(/\s+/)
        .filter((one) => one !== "");
      const all = words.length === 0 ? [] : searchTexts();
      const found = [];
      for (let row = 0; row < count; row += 1) {
        if (kinds.size > 0 && !kinds.has(table.kind[row])) continue;
        if (words.every((one) => all[row].includes(one))) found.push(row);
      }
      if (sort !== null) {
        const rank = rankOf(sort);
        found.sort((one, other) => rank[one] - rank[other]);
      }
      return descending ? found.reverse() : found;
    },
  };
}
