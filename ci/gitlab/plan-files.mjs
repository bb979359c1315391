// Compares the files of the merge request with those before it: offline, without a key, for forks as well.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { main, needed } from "../shared/main.mjs";
import { isFailure } from "../shared/report-body.mjs";
import { runJob } from "./job.mjs";

await main(async () => {
  const against = needed("SEI_ROSTER_AGAINST");
  if (!existsSync(resolve(against))) {
    process.stdout.write("there is no roster in the other version: everything here is new\n");
    return;
  }
  const { code } = await runJob("plan", { against });
  if (isFailure("plan", code, "")) process.exitCode = code;
});
