import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ACTION } from "./action.js";
import { GITLAB, ROOT } from "./script.js";

const DOCS = readFileSync(join(ROOT, "docs", "ci.md"), "utf8");
const firstCells = (from: string) => {
  const table = DOCS.slice(DOCS.indexOf(from)).split("\n\n")[0] ?? "";
  const cells = table
    .split("\n")
    .slice(2)
    .map((line) => line.split("|")[1] ?? "");
  return cells.flatMap((cell) => [...cell.matchAll(/`([\w-]+)`/g)].map((match) => match[1] ?? ""));
};

test("every input of the action is on the page, and the reverse; so are the outputs", () => {
  expect(firstCells("| Input |").sort()).toEqual(Object.keys(ACTION.inputs).sort());
  for (const output of Object.keys(ACTION.outputs)) expect(DOCS).toContain(`\`${output}\``);
});

test("the workflow of the page uses inputs that there are, of the version that there is", () => {
  const [, , snippet = ""] = /```yaml\n(permissions[\s\S]*?# \.\.\.\n)([\s\S]*?)```/.exec(DOCS) ?? [];
  const [install, use] = parse(snippet) as [{ run: string }, { with: object }];
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  expect(install.run).toContain(`pulumi-harness-sei@${version}`);
  expect(Object.keys(ACTION.inputs)).toEqual(expect.arrayContaining(Object.keys(use.with)));
});

test("the variables of the GitLab table are read by the scripts or the file", () => {
  const read = ["job.mjs", "apply.mjs", "drift.mjs", "sei-roster.gitlab-ci.yml"]
    .map((name) => readFileSync(join(GITLAB, name), "utf8"))
    .join("");
  const names = firstCells("| Variable |").filter((name) => name.startsWith("SEI_"));
  expect(names.length).toBeGreaterThan(6);
  for (const name of names) expect(read).toContain(name);
});
