// The few requests that the scripts send to GitHub.
import { needed, optional } from "../shared/main.mjs";
import { request } from "../shared/request.mjs";

/** @typedef {import("../shared/request.mjs").Sent} Sent */
/** @typedef {import("../shared/request.mjs").Answer} Answer */
/** @typedef {{ login?: string, type?: string } | null} User */

/** No pull request has more pages of comments than this. */
const MOST_PAGES = 1_000;

/**
 * @typedef {object} GitHub
 * @property {string} repository `owner/name`
 * @property {(user: User) => boolean} isBot whether this is the account that we write as
 * @property {(method: string, path: string, sent?: Sent) => Promise<Answer>} send path behind `/repos/owner/name`
 * @property {(path: string) => Promise<any[]>} all every item of a list
 * @property {(query: string, variables: unknown) => Promise<any>} graphql
 * @property {Readonly<Record<string, string>>} headers
 * @property {string} api
 */

/**
 * From the environment of an action: GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN, SEI_CI_BOT.
 *
 * @returns {GitHub}
 */
export function github() {
  const api = needed("GITHUB_API_URL", /^https?:\/\//).replace(/\/+$/, "");
  const repository = needed("GITHUB_REPOSITORY", /^[\w.-]+\/[\w.-]+$/);
  const bot = optional("SEI_CI_BOT") || "github-actions[bot]";
  const headers = {
    accept: "application/vnd.github+json",
    authorization: `Bearer ${needed("GITHUB_TOKEN", /^[\x21-\x7e]+$/)}`,
    "user-agent": "sei-roster",
    "x-github-api-version": "2022-11-28",
  };
  const base = `${api}/repos/${repository}`;
  return {
    repository,
    api,
    headers,
    // A person may be called as a bot is, but never with these brackets and this type.
    isBot: (user) => user?.login === bot && (user.type === "Bot") === bot.endsWith("[bot]"),
    send: (method, path, sent = {}) => request(method, `${base}${path}`, { ...sent, headers }),
    async all(path) {
      const items = [];
      let next = `${base}${path}${path.includes("?") ? "&" : "?"}per_page=100`;
      for (let page = 1; next !== ""; page++) {
        if (page > MOST_PAGES) throw new Error(`${path} has more than ${MOST_PAGES} pages`);
        const { json, headers: got } = await request("GET", next, { headers });
        if (!Array.isArray(json)) throw new Error(`GET ${path}: the answer is no list`);
        items.push(...json);
        next = nextPage(got.get("link") ?? "", api);
      }
      return items;
    },
    async graphql(query, variables) {
      const url = optional("GITHUB_GRAPHQL_URL") || `${api.replace(/\/v3$/, "")}/graphql`;
      const { json } = await request("POST", url, { headers, json: { query, variables }, safe: true });
      if (json?.data === undefined || json.errors !== undefined) throw new Error("GraphQL: no answer to the question");
      return json.data;
    },
  };
}

/** The link to the next page; the token goes to no other host. */
function nextPage(/** @type {string} */ link, /** @type {string} */ api) {
  const [, url = ""] = /<([^>]*)>;\s*rel="next"/.exec(link) ?? [];
  if (url !== "" && new URL(url).origin !== new URL(api).origin) throw new Error("the next page is on another host");
  return url;
}

/**
 * The comments of a pull request that our account wrote.
 *
 * @param {GitHub} api
 * @param {string} pr
 * @returns {import("../shared/sticky.mjs").Notes}
 */
export function commentsOf(api, pr) {
  const of = (/** @type {number} */ id) => `/issues/comments/${id}`;
  return {
    async list() {
      const comments = await api.all(`/issues/${pr}/comments`);
      return comments.filter(({ user }) => api.isBot(user)).map(({ id, body }) => ({ id, body: String(body ?? "") }));
    },
    async create(body) {
      const { json } = await api.send("POST", `/issues/${pr}/comments`, { json: { body } });
      if (!api.isBot(json?.user)) {
        throw new Error(
          `the token writes as ${json?.user?.login}: set the input bot to that, or no comment is ever found again`,
        );
      }
      return { id: json.id, body };
    },
    async update(id, body) {
      await api.send("PATCH", of(id), { json: { body } });
    },
    async remove(id) {
      await api.send("DELETE", of(id));
    },
  };
}
