// Runs a TypeScript file that imports the sources: node run-example.cjs file.ts. With SHOW_LOADED it says at its end, as
// JSON, which modules were loaded.
require("../cli/run.cjs");
const { resolve } = require("node:path");
require(resolve(process.argv[2]));
if (process.env.SHOW_LOADED) process.stdout.write(JSON.stringify(Object.keys(require.cache)));
