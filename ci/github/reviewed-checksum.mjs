// Finds the checksum that was reviewed in the pull request whose merge made this commit.
import { main, needed, Refused } from "../shared/main.mjs";
import { pause } from "../shared/request.mjs";
import { reviewedChecksum } from "../shared/reviewed.mjs";
import { commentsOf, github } from "./api.mjs";
import { rosterName, setOutputs } from "./run-context.mjs";

/** @typedef {import("./api.mjs").GitHub} GitHub */

const QUESTION = `query ($id: ID!) {
  node(id: $id) { ... on IssueComment { author { __typename login } editor { __typename login } } }
}`;

await main(async () => {
  const api = github();
  const commit = needed("GITHUB_SHA", /^[0-9a-f]{40,64}$/);
  const pull = await mergedBy(api, commit, needed("GITHUB_REF_NAME"));
  const pr = String(pull.number);
  const merged = { name: rosterName(), pr, head: String(pull.head?.sha) };
  const { checksum, note } = reviewedChecksum(await commentsOf(api, pr).list(), merged);
  await checkEditor(api, note.id);
  process.stdout.write(`#${pr} was reviewed with the plan ${checksum}\n`);
  await setOutputs({ checksum, "pull-request": pr });
});

/** The pull request that this commit is the merge of. */
async function mergedBy(/** @type {GitHub} */ api, /** @type {string} */ commit, /** @type {string} */ branch) {
  // GitHub learns of it some moments after the push.
  for (let tries = 1; tries <= 4; tries++) {
    const pulls = (await api.all(`/commits/${commit}/pulls`)).filter(
      (pull) =>
        typeof pull.merged_at === "string" &&
        pull.merge_commit_sha === commit &&
        pull.base?.ref === branch &&
        pull.base.repo?.full_name === api.repository,
    );
    if (pulls.length === 1) return pulls[0];
    if (pulls.length > 1) throw new Refused(`${commit} is the merge of several pull requests: nothing is applied`);
    if (tries < 4) await pause(2 ** tries);
  }
  throw new Refused(`${commit} is not the merge of a pull request: nothing was reviewed, nothing is applied`);
}

/** Who may push to the repository may edit the comments of others; their author stays the same. */
async function checkEditor(/** @type {GitHub} */ api, /** @type {number} */ id) {
  const { json } = await api.send("GET", `/issues/comments/${id}`);
  const { node } = await api.graphql(QUESTION, { id: json.node_id });
  const { author, editor } = node ?? {};
  const isOwn = editor === null || (editor?.login === author?.login && editor?.__typename === author?.__typename);
  if (!author || !isOwn) {
    throw new Refused(`the plan comment was edited by ${editor?.login ?? "somebody"}: plan again, and review that`);
  }
}
