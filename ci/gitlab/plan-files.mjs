// Compares the files of the merge request with those before it: offline, without a key, for forks as well.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { main, needed } from "../shared/main.mjs";
import { isFailure } from "../shared/report-body.mjs";
import { linesOf, runJob } from "./job.mjs";

await main(async () => {
  const base = needed("SEI_ROSTER_BASE");
  const sources = linesOf(needed("SEI_ROSTER_SOURCE")).map((source) => `${base}/${source}`);
  // A source that is new has no other version; what a glob matches is not known here.
  const against = sources.filter((source) => /[*?{[]/.test(source.slice(base.length)) || existsSync(resolve(source)));
  if (against.length === 0) {
    process.stdout.write("there is no roster in the other version: everything here is new\n");
    return;
  }
  const { code } = await runJob("plan", { against: against.join("\n") });
  if (isFailure("plan", code, "")) process.exitCode = code;
});
