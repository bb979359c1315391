// Applies exactly the plan that was reviewed in the merge request whose merge made this commit, or nothing.
import { main, needed, optional, Refused } from "../shared/main.mjs";
import { reportBody } from "../shared/report-body.mjs";
import { pause } from "../shared/request.mjs";
import { reviewedChecksum } from "../shared/reviewed.mjs";
import { stickTo } from "../shared/sticky.mjs";
import { gitlab, notesOf } from "./api.mjs";
import { runJob, thisJob } from "./job.mjs";

/** @typedef {import("./api.mjs").GitLab} GitLab */

const QUESTION = "query ($id: NoteID!) { note(id: $id) { author { username } lastEditedBy { username } } }";

await main(async () => {
  const { run, runUrl, name } = thisJob();
  const backup = optional("SEI_ROSTER_BACKUP");
  const given = optional("SEI_ROSTER_CHECKSUM");
  if (given !== "") {
    process.exitCode = (await runJob("apply", { checksum: given, backup })).code;
    return;
  }
  const api = await gitlab();
  const commit = needed("CI_COMMIT_SHA", /^[0-9a-f]{40,64}$/);
  const { iid, sha } = await mergedBy(api, commit, needed("CI_COMMIT_BRANCH"));
  const notes = notesOf(api, String(iid));
  const { checksum, note } = reviewedChecksum(await notes.list(), { name, pr: String(iid), head: String(sha) });
  await checkEditor(api, note.id);
  process.stdout.write(`!${iid} was reviewed with the plan ${checksum}\n`);
  const ran = await runJob("apply", { checksum, backup });
  process.exitCode = ran.code;
  const marker = /** @type {const} */ ({ kind: "apply", name, run, pr: String(iid), head: commit });
  await stickTo(notes, reportBody(marker, ran, { runUrl }));
});

/** The merge request that this commit is the merge of. */
async function mergedBy(/** @type {GitLab} */ api, /** @type {string} */ commit, /** @type {string} */ branch) {
  for (let tries = 1; tries <= 4; tries++) {
    const found = (await api.all(`/repository/commits/${commit}/merge_requests`)).filter(
      (request) =>
        request.state === "merged" &&
        request.target_branch === branch &&
        String(request.target_project_id) === process.env.CI_PROJECT_ID &&
        // A merge commit, a squashed one, or (fast-forward) the last of the branch.
        [request.merge_commit_sha, request.squash_commit_sha, request.sha].includes(commit),
    );
    if (found.length === 1) return found[0];
    if (found.length > 1) throw new Refused(`${commit} is the merge of several merge requests: nothing is applied`);
    if (tries < 4) await pause(2 ** tries);
  }
  throw new Refused(`${commit} is not the merge of a merge request: nothing was reviewed, nothing is applied`);
}

/** Maintainers may edit the notes of others; their author stays the same. */
async function checkEditor(/** @type {GitLab} */ api, /** @type {number} */ id) {
  const { note } = await api.graphql(QUESTION, { id: `gid://gitlab/Note/${id}` });
  const editor = note?.lastEditedBy?.username;
  if (!note?.author?.username || (editor !== undefined && editor !== note.author.username)) {
    throw new Refused(`the plan note was edited by ${editor ?? "somebody"}: plan again, and review that`);
  }
}
