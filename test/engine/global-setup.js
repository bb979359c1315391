const { spawnSync } = require("node:child_process");
const { join } = require("node:path");

/**
 * Finds the engine once for all engine tests. Without one they are reported as skipped; in CI that is a failure, because
 * a skipped proof is no proof.
 */
module.exports = async () => {
  const main = join(__dirname, "..", "..", "scripts", "engine", "main.mjs");
  const { status, stdout } = spawnSync(process.execPath, [main], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const pulumi = stdout.trim().split("\n").at(-1) ?? "";
  if (status === 0 && pulumi !== "") {
    process.env.SEI_TEST_PULUMI = pulumi;
    return;
  }
  if (process.env.CI === "true") throw new Error("CI needs the Pulumi engine, and none could be had (see above)");
  console.error("No Pulumi engine: the engine tests are skipped.");
};
