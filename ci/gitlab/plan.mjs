// Plans against live, and keeps one note in the merge request.
import { main, needed, optional } from "../shared/main.mjs";
import { isFailure, reportBody } from "../shared/report-body.mjs";
import { stickTo } from "../shared/sticky.mjs";
import { gitlab, notesOf } from "./api.mjs";
import { runJob, thisJob } from "./job.mjs";

await main(async () => {
  const iid = needed("CI_MERGE_REQUEST_IID", /^[1-9]\d{0,9}$/);
  // In a pipeline of merged results, CI_COMMIT_SHA is a commit that nobody has pushed.
  const head = optional("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA") || needed("CI_COMMIT_SHA");
  const { run, runUrl, name } = thisJob();
  const ran = await runJob("plan");
  const marker = /** @type {const} */ ({ kind: "plan", name, run, pr: iid, head, checksum: ran.checksum });
  const outcome = await stickTo(notesOf(await gitlab(), iid), reportBody(marker, ran, { runUrl }));
  process.stdout.write(`note in !${iid}: ${outcome}\n`);
  if (isFailure("plan", ran.code, "")) process.exitCode = ran.code;
});
