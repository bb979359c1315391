// The few requests that the scripts send to GitLab.
import { needed } from "../shared/main.mjs";
import { request } from "../shared/request.mjs";

/** @typedef {import("../shared/request.mjs").Sent} Sent */
/** @typedef {import("../shared/request.mjs").Answer} Answer */

const MOST_PAGES = 1_000;

/**
 * @typedef {object} GitLab
 * @property {number} me the id of the account that we write as
 * @property {(method: string, path: string, sent?: Sent) => Promise<Answer>} send path behind `/projects/:id`
 * @property {(path: string) => Promise<any[]>} all every item of a list
 * @property {(query: string, variables: unknown) => Promise<any>} graphql
 */

/**
 * From the environment of a job: CI_API_V4_URL, CI_PROJECT_ID, SEI_ROSTER_GITLAB_TOKEN. CI_JOB_TOKEN may not comment.
 *
 * @param {string} [project] default: that of the job
 * @returns {Promise<GitLab>}
 */
export async function gitlab(project = needed("CI_PROJECT_ID", /^\d+$/)) {
  const api = needed("CI_API_V4_URL", /^https?:\/\//).replace(/\/+$/, "");
  const headers = { "private-token": needed("SEI_ROSTER_GITLAB_TOKEN", /^[\x21-\x7e]+$/), "user-agent": "sei-roster" };
  const base = `${api}/projects/${project}`;
  const { json: user } = await request("GET", `${api}/user`, { headers });
  if (!Number.isInteger(user?.id)) throw new Error("GET /user does not say who the token belongs to");
  return {
    me: user.id,
    send: (method, path, sent = {}) => request(method, `${base}${path}`, { ...sent, headers }),
    async all(path) {
      const items = [];
      let next = "1";
      for (let pages = 1; next !== ""; pages++) {
        if (pages > MOST_PAGES) throw new Error(`${path} has more than ${MOST_PAGES} pages`);
        const separator = path.includes("?") ? "&" : "?";
        const { json, headers: got } = await request("GET", `${base}${path}${separator}per_page=100&page=${next}`, {
          headers,
        });
        if (!Array.isArray(json)) throw new Error(`GET ${path}: the answer is no list`);
        items.push(...json);
        next = /^\d*$/.exec(got.get("x-next-page") ?? "")?.[0] ?? "";
      }
      return items;
    },
    async graphql(query, variables) {
      const url = `${api.replace(/\/v4$/, "")}/graphql`;
      const { json } = await request("POST", url, { headers, json: { query, variables }, safe: true });
      if (json?.data === undefined || json.data === null || json.errors !== undefined) {
        throw new Error("GraphQL: no answer to the question");
      }
      return json.data;
    },
  };
}

/**
 * The notes of a merge request that our account wrote.
 *
 * @param {GitLab} api
 * @param {string} iid
 * @returns {import("../shared/sticky.mjs").Notes}
 */
export function notesOf(api, iid) {
  const path = `/merge_requests/${iid}/notes`;
  return {
    async list() {
      const notes = await api.all(`${path}?sort=asc&order_by=created_at`);
      return notes
        .filter(({ author, system }) => author?.id === api.me && system !== true)
        .map(({ id, body }) => ({ id, body: String(body ?? "") }));
    },
    async create(body) {
      const { json } = await api.send("POST", path, { json: { body } });
      return { id: json.id, body };
    },
    async update(id, body) {
      await api.send("PUT", `${path}/${id}`, { json: { body } });
    },
    async remove(id) {
      await api.send("DELETE", `${path}/${id}`);
    },
  };
}
