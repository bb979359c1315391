// What is measured inside a process: ours, and the least that anybody has to do for the same.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { parse as parseCsv } from "csv-parse/sync";
import { parse as parseYaml } from "yaml";

const require = createRequire(import.meta.url);
const dist = (/** @type {string} */ path) => require(`../../../dist/${path}`);

const TODAY = "2026-11-21";
const KEY = { "x-api-key": "simulator" };

/** @typedef {Record<string, () => unknown>} Parts each is timed by itself, in this order */

/** @type {Record<string, (settings: any) => Parts | Promise<Parts>>} */
export const works = {
  "parse-csv": ({ source }) => ({ all: async () => parseCsv(await readFile(source, "utf8")) }),
  // As the loader does, which compares keys itself: else the parser compares every key with every other.
  "parse-yaml": ({ source }) => ({ all: async () => parseYaml(await readFile(source, "utf8"), { uniqueKeys: false }) }),
  validate({ source }) {
    const { validateSource } = dist("source/findings/validation.js");
    const { findingsAsText } = dist("source/findings/findings-as-text.js");
    return {
      all: async () => findingsAsText(await validateSource([source], { asOf: TODAY }), { all: false, quiet: false }),
    };
  },
  format({ source }) {
    const { formatFile } = dist("source/format/format-file.js");
    const options = { write: false, maxFileSize: 64 * 2 ** 20 };
    return { all: () => formatFile({ path: source, file: source }, options) };
  },
  // The least that a plan from a CSV can do: download who is there, and parse both sides.
  "floor-csv": ({ source, url }) => ({
    all: async () => {
      parseCsv(await readFile(source, "utf8"));
      parseCsv(await download(url));
    },
  }),
  // The same, and the second answer that the proof of a whole read needs: every page of the list.
  "floor-proof": ({ source, url, size }) => ({
    all: async () => {
      parseCsv(await readFile(source, "utf8"));
      const pages = Array.from({ length: Math.ceil(size / 100) }, (_, at) => at);
      const reading = [download(url).then((text) => parseCsv(text)), ...[1, 2, 3, 4].map(() => listPages(url, pages))];
      await Promise.all(reading);
    },
  }),
  plan({ source, url }) {
    const { loadRoster } = dist("source/load-roster.js");
    const { connect } = dist("sei/client.js");
    const { planLive } = dist("apply/plan-live.js");
    return {
      all: async () => {
        const { roster } = await loadRoster(source, { asOf: TODAY });
        const { reader, close } = connect({ endpoint: url, apiKey: "simulator", account: "", auth: "auto" });
        const session = { reader, journal: { entries: async () => [] } };
        await planLive(session, roster, { prune: "managed", strategy: "auto", guards: {} });
        await close();
      },
    };
  },
  async report({ before, after }) {
    const { loadRoster } = dist("source/load-roster.js");
    const { planAgainst } = dist("cli/plan-against.js");
    const { planReport } = dist("cli/plan-report.js");
    const [base, desired] = await Promise.all(
      [before, after].map(async (file) => (await loadRoster(file, { asOf: TODAY })).roster),
    );
    const wanted = { prune: "managed", strategy: "auto", guards: {} };
    let planned;
    const of = (/** @type {string} */ format) => () =>
      planReport(format, { planned, kind: "plan", command: null }, { people: "names", all: true });
    return {
      plan: () => {
        planned = planAgainst({ desired, wanted, guardsAt: null }, base);
      },
      text: of("text"),
      markdown: of("markdown"),
      json: of("json"),
      html: of("html"),
    };
  },
};

async function download(/** @type {string} */ url) {
  return (await fetch(`${url}/v2/developers`, { headers: { ...KEY, accept: "text/csv" } })).text();
}

async function listPages(/** @type {string} */ url, /** @type {number[]} */ pages) {
  for (let at = pages.pop(); at !== undefined; at = pages.pop()) {
    await (await fetch(`${url}/v2/developers?pageIndex=${at}&pageSize=100`, { headers: KEY })).json();
  }
}
