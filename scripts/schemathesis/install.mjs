// Installs the pinned schemathesis in the user's cache folder, if it is not there: 0, or 1 with the reason on stderr.
import { findSchemathesis, NoSchemathesisError } from "./find-schemathesis.mjs";

try {
  console.log(await findSchemathesis({ log: (line) => console.error(line) }));
} catch (error) {
  console.error(error instanceof NoSchemathesisError ? error.message : error);
  process.exitCode = 1;
}
