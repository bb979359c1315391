// `npm run --silent engine`: prints the path of a real `pulumi` as the last line of stdout; all else goes to stderr.
import { findEngine } from "./find-engine.mjs";
import { NoEngineError } from "./no-engine-error.mjs";

try {
  const { pulumi, version, source } = await findEngine({ log: (line) => console.error(line) });
  console.error(`Pulumi ${version} (${source})`);
  console.log(pulumi);
} catch (error) {
  console.error(error instanceof NoEngineError ? error.message : error);
  process.exitCode = 1;
}
