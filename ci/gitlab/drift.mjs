// Compares live with the roster, and keeps one issue open while they differ.
import { driftTexts } from "../shared/drift-text.mjs";
import { main, optional } from "../shared/main.mjs";
import { keepOneIssue } from "../shared/one-issue.mjs";
import { isFailure } from "../shared/report-body.mjs";
import { gitlab } from "./api.mjs";
import { runJob, thisJob } from "./job.mjs";

await main(async () => {
  const { run, runUrl, name } = thisJob();
  const ran = await runJob("drift");
  process.exitCode = isFailure("drift", ran.code, "false") ? ran.code : 0;
  if (ran.code !== 0 && ran.code !== 2) {
    process.stdout.write("drift is not known: the issue stays as it is\n");
    return;
  }
  const texts = driftTexts(ran, { name, run, runUrl, title: optional("SEI_ROSTER_ISSUE_TITLE") });
  const { outcome, id } = await keepOneIssue(issuesOf(await gitlab()), ran.code === 0, texts);
  process.stdout.write(`issue${id === undefined ? "" : ` #${id}`}: ${outcome}\n`);
});

/**
 * @param {import("./api.mjs").GitLab} api
 * @returns {import("../shared/one-issue.mjs").Issues}
 */
function issuesOf(api) {
  return {
    async list() {
      const issues = await api.all(`/issues?state=opened&scope=all&author_id=${api.me}&sort=asc`);
      return issues
        .filter(({ author }) => author?.id === api.me)
        .map(({ iid, description }) => ({ id: iid, body: String(description ?? "") }));
    },
    async open(title, description) {
      const confidential = optional("CI_PROJECT_VISIBILITY") !== "private";
      const { json } = await api.send("POST", "/issues", { json: { title, description, confidential } });
      return { id: json.iid, body: description };
    },
    async update(id, description) {
      await api.send("PUT", `/issues/${id}`, { json: { description } });
    },
    async comment(id, body) {
      await api.send("POST", `/issues/${id}/notes`, { json: { body } });
    },
    async close(id) {
      await api.send("PUT", `/issues/${id}`, { json: { state_event: "close" } });
    },
  };
}
