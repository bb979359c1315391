// `sei-roster`, which says at its end on stderr, as JSON, which modules it loaded.
require("./run.cjs");
process.on("exit", () => process.stderr.write(JSON.stringify(Object.keys(require.cache))));
require("../../provider/cli/main.ts");
