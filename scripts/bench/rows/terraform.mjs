import { statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { csvOf } from "../lib/people.mjs";
import { NotHereError, round } from "../lib/row.mjs";
import { startSimulator } from "../lib/simulator-process.mjs";
import { seiRoster, timed } from "../lib/timed.mjs";

const CHANGED = 50;

const PROGRAM = `locals {
  developers = { for row in csvdecode(file("people.csv")) : row.Email => row }
}

resource "terraform_data" "developer" {
  for_each = local.developers
  input    = each.value
}
`;

const POLICY = "version: 1\nguards: { maxUpdate: 100% }\n";

/** @type {import("../lib/row.mjs").Row} */
export const terraform = {
  id: "terraform-1000",
  title: "1,000 developers from a CSV: Terraform for_each against sei-roster",
  when: "usual",
  async run(context) {
    const version = await versionOf();
    const { folder, env } = context;
    const size = 1_000;
    const csv = join(folder, "people.csv");
    await writeFile(csv, csvOf(size));
    await writeFile(join(folder, "policy.yaml"), POLICY);
    await writeFile(join(folder, "main.tf"), PROGRAM);
    await writeFile(join(folder, "terraform.rc"), "");
    const quiet = { CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: join(folder, "terraform.rc"), TF_IN_AUTOMATION: "1" };
    const tf = (/** @type {readonly string[]} */ ...args) =>
      timed("terraform", [...args, "-no-color"], { cwd: folder, env: { ...env, ...quiet } });
    const simulator = await startSimulator(context);
    const ours = (/** @type {string} */ command, /** @type {readonly string[]} */ ...flags) =>
      seiRoster(context, [command, "people.csv", "policy.yaml", "--endpoint", simulator.url, ...flags]);
    try {
      await tf("init");
      const lines = [];
      const compare = async (/** @type {string} */ work, /** @type {boolean} */ writes) => {
        const theirs = writes ? await tf("apply", "-auto-approve", "-input=false") : await tf("plan", "-input=false");
        const own = writes ? await ours("apply", "--yes") : await ours("plan");
        lines.push({
          work,
          "terraform, s": round(theirs.seconds),
          "sei-roster, s": round(own.seconds),
          "x ours": round(theirs.seconds / own.seconds),
        });
      };
      await compare("plan, all new", false);
      await compare("apply, all new", true);
      await compare("plan, no change", false);
      await writeFile(csv, csvOf(size, { changed: CHANGED }));
      await compare("plan, 50 changes", false);
      const state = Math.round(statSync(join(folder, "terraform.tfstate")).size / 1000);
      return {
        lines,
        notes: [
          `${version} with its built-in terraform_data, which talks to nobody: the least that a provider could take. sei-roster reads, writes and verifies over HTTP. State of Terraform: ${state} KB, with every value in it; sei-roster has none.`,
        ],
      };
    } finally {
      await simulator.stop();
    }
  },
};

async function versionOf() {
  try {
    return (await timed("terraform", ["version"])).stdout.split("\n")[0];
  } catch {
    throw new NotHereError("terraform is not on PATH");
  }
}
