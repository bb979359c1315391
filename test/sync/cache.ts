import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A private cache folder for each test; the user's own stays as it is. */
export function privateCache(): () => string {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sei-sync-"));
    process.env["PULUMI_HARNESS_SEI_CACHE"] = folder;
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
    delete process.env["PULUMI_HARNESS_SEI_CACHE"];
  });
  return () => folder;
}
