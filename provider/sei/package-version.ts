import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The version of this package, for User-Agent. provider/sei and dist/sei lie equally deep. */
export function packageVersion(): string {
  try {
    const { version } = JSON.parse(readFileSync(join(__dirname, "..", "..", "package.json"), "utf8"));
    return String(version);
  } catch {
    return "unknown";
  }
}
