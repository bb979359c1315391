// After the job that read the files of a fork: posts what it said. That job ran what the fork wants, so all of it is a
// stranger's text: it is cut, shown as code, and believed in nothing.
import { codeBlock } from "../shared/code-block.mjs";
import { cutToFit } from "../shared/cut-to-fit.mjs";
import { main, needed } from "../shared/main.mjs";
import { formatMarker } from "../shared/marker.mjs";
import { stickTo } from "../shared/sticky.mjs";
import { commentsOf, github } from "./api.mjs";
import { downloadArtifact } from "./artifact.mjs";
import { readEvent, rosterName } from "./run-context.mjs";
import { unzip } from "./unzip.mjs";

/** @typedef {import("./api.mjs").GitHub} GitHub */

const ARTIFACT = "sei-roster-offline";
const FILES = { "pull-request.txt": 20, "report.txt": 512 * 1024 };

await main(async () => {
  const api = github();
  const { workflow_run: run } = await readEvent();
  if (run?.event !== "pull_request") return say("that run was not about a pull request");
  if (run.head_repository?.full_name === api.repository) return say("not from a fork: the job with the key comments");
  const zip = await downloadArtifact(api, Number(run.id), ARTIFACT);
  if (zip === undefined) return say("that run left no report");
  const files = unzip(zip, FILES);
  const number = (files.get("pull-request.txt") ?? "").toString().trim();
  if (!/^[1-9]\d{0,9}$/.test(number)) throw new Error("the artifact names no pull request");
  const why = await whyNot(api, number, run);
  if (why !== "") return say(`#${number}: ${why}: no comment`);
  const outcome = await stickTo(
    commentsOf(api, number),
    textOf(number, run, files.get("report.txt")?.toString() ?? ""),
  );
  say(`comment in #${number}: ${outcome}`);
});

/**
 * Why this run may not speak in that pull request; "" when it may. The artifact can name any number, but GitHub knows
 * which commit of which repository ran.
 *
 * @param {GitHub} api
 * @param {string} number
 * @param {any} run
 */
async function whyNot(api, number, run) {
  const { json, status } = await api.send("GET", `/pulls/${number}`, { expect: [404] });
  if (status === 404) return "there is no such pull request";
  const from = json.head?.repo?.full_name;
  if (typeof from !== "string" || from !== run.head_repository?.full_name) return "the run is of another repository";
  if (json.head.sha !== run.head_sha) return "the run is not of its last commit";
  if (json.state !== "open") return "it is closed";
  return json.base?.repo?.full_name === api.repository ? "" : "it is not of this repository";
}

function textOf(/** @type {string} */ pr, /** @type {any} */ run, /** @type {string} */ report) {
  const server = needed("GITHUB_SERVER_URL", /^https?:\/\/[\w.:-]+$/);
  const marker = /** @type {const} */ ({
    kind: "offline",
    name: rosterName(),
    run: `${run.id}.${run.run_attempt ?? 1}`,
    pr,
    head: run.head_sha,
  });
  return cutToFit(`${formatMarker(marker)}
### The change of the roster in this pull request from a fork

This compares the two versions of the files. It was made without a key, so it says nothing of who is live, and in the
fork's own run, so the fork may have written anything here. Read the files before you merge.

${codeBlock(report.trim() === "" ? "(the report is empty)" : report)}

<sub>Commit ${run.head_sha.slice(0, 12)} · [run](${server}/${needed("GITHUB_REPOSITORY")}/actions/runs/${Number(run.id)})</sub>
`);
}

function say(/** @type {string} */ text) {
  process.stdout.write(`${text}\n`);
}
