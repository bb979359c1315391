// Checks the files, offline, and leaves a Code Quality report, which GitLab shows in the merge request.
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { main, optional } from "../shared/main.mjs";
import { runJob } from "./job.mjs";

await main(async () => {
  const { code, out } = await runJob("validate", { findings: "json" });
  /** @type {any[]} */
  const findings = out.startsWith("{") ? (JSON.parse(out).findings ?? []) : [];
  const file = join(optional("CI_PROJECT_DIR") || ".", "gl-code-quality-report.json");
  await writeFile(file, JSON.stringify(findings.map(issueOf), null, 2));
  process.stdout.write(`\n${findings.length} finding(s)\n`);
  process.exitCode = code;
});

function issueOf(/** @type {any} */ { rule, message, hint, severity, file, line }) {
  return {
    description: hint === undefined ? message : `${message} (${hint})`,
    check_name: rule,
    // The place is not part of it, so that a finding stays the same while lines move.
    fingerprint: createHash("sha256")
      .update(JSON.stringify([rule, file, message]))
      .digest("hex"),
    severity: severity === "error" ? "major" : "minor",
    location: { path: file, lines: { begin: line ?? 1 } },
  };
}
