// Writes what a plan or an apply said as the one comment of its kind in the pull request.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { main, needed, optional } from "../shared/main.mjs";
import { RAN_FILE, reportBody } from "../shared/report-body.mjs";
import { stickTo } from "../shared/sticky.mjs";
import { commentsOf, github } from "./api.mjs";
import { readEvent, rosterName, thisRun } from "./run-context.mjs";

await main(async () => {
  const api = github();
  const ran = JSON.parse(await readFile(join(needed("SEI_CI_REPORTS"), RAN_FILE), "utf8"));
  const event = await readEvent();
  const pr = optional("SEI_CI_PULL_REQUEST") || String(event.pull_request?.number ?? "");
  if (pr === "") {
    process.stdout.write("this run belongs to no pull request: no comment\n");
    return;
  }
  const kind = ran.command === "apply" ? "apply" : "plan";
  const { run, runUrl } = thisRun();
  const marker = /** @type {const} */ ({
    kind,
    name: rosterName(),
    run,
    pr,
    head: kind === "plan" ? event.pull_request?.head?.sha : needed("GITHUB_SHA"),
    // Only a plan against live that may be applied has one.
    checksum: kind === "plan" ? ran.checksum : "",
  });
  const outcome = await stickTo(commentsOf(api, pr), reportBody(marker, ran, { runUrl }));
  process.stdout.write(`comment in #${pr}: ${outcome}\n`);
});
