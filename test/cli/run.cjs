// Runs a TypeScript file of the sources as a process of its own: node run.cjs [options of sei-roster]
// With another file: node -r ./run.cjs file.ts. Nothing is built, so that tests never see an old build.
const { existsSync, readFileSync } = require("node:fs");
const Module = require("node:module");
const { dirname, resolve } = require("node:path");
const { transformSync } = require("@swc/core");

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  const isOurs = /^\..*\.js$/.test(request) && parent !== undefined;
  const source = isOurs ? resolve(dirname(parent.filename), request.replace(/\.js$/, ".ts")) : "";
  return existsSync(source) ? source : resolveFilename.call(this, request, parent, ...rest);
};
Module._extensions[".ts"] = (module, filename) => {
  const options = {
    filename,
    jsc: { target: "es2022", parser: { syntax: "typescript" } },
    module: { type: "commonjs" },
  };
  module._compile(transformSync(readFileSync(filename, "utf8"), options).code, filename);
};

if (require.main === module) require("../../provider/cli/main.ts");
