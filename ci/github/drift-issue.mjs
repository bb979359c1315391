// Opens or updates the one issue about drift, and closes it when there is none.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { driftTexts } from "../shared/drift-text.mjs";
import { main, needed, optional } from "../shared/main.mjs";
import { keepOneIssue } from "../shared/one-issue.mjs";
import { RAN_FILE } from "../shared/report-body.mjs";
import { github } from "./api.mjs";
import { rosterName, thisRun } from "./run-context.mjs";

/** @typedef {import("./api.mjs").GitHub} GitHub */

await main(async () => {
  const ran = JSON.parse(await readFile(join(needed("SEI_CI_REPORTS"), RAN_FILE), "utf8"));
  if (ran.code !== 0 && ran.code !== 2) {
    process.stdout.write("drift is not known: the issue stays as it is\n");
    return;
  }
  const labels = optional("SEI_CI_ISSUE_LABELS")
    .split(",")
    .map((label) => label.trim())
    .filter((label) => label !== "");
  const texts = driftTexts(ran, { name: rosterName(), title: optional("SEI_CI_ISSUE_TITLE"), ...thisRun() });
  const { outcome, id } = await keepOneIssue(issuesOf(github(), labels), ran.code === 0, texts);
  process.stdout.write(`issue${id === undefined ? "" : ` #${id}`}: ${outcome}\n`);
});

/**
 * @param {GitHub} api
 * @param {readonly string[]} labels of a new issue
 * @returns {import("../shared/one-issue.mjs").Issues}
 */
function issuesOf(api, labels) {
  return {
    async list() {
      const issues = await api.all("/issues?state=open&sort=created&direction=asc");
      return issues
        .filter((issue) => issue.pull_request === undefined && api.isBot(issue.user))
        .map(({ number, body }) => ({ id: number, body: String(body ?? "") }));
    },
    async open(title, body) {
      const { json } = await api.send("POST", "/issues", { json: { title, body, labels } });
      if (!api.isBot(json?.user)) {
        throw new Error(
          `the token writes as ${json?.user?.login}: set the input bot to that, or no issue is ever found again`,
        );
      }
      return { id: json.number, body };
    },
    async update(id, body) {
      await api.send("PATCH", `/issues/${id}`, { json: { body } });
    },
    async comment(id, body) {
      await api.send("POST", `/issues/${id}/comments`, { json: { body } });
    },
    async close(id) {
      await api.send("PATCH", `/issues/${id}`, { json: { state: "closed", state_reason: "completed" } });
    },
  };
}
