// Runs `sei-roster simulate` from the sources, as a process of its own: node run-simulate.cjs [options]
const { existsSync, readFileSync } = require("node:fs");
const Module = require("node:module");
const { dirname, resolve } = require("node:path");
const { transformSync } = require("@swc/core");

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  const source = request.startsWith(".") && resolve(dirname(parent.filename), request.replace(/\.js$/, ".ts"));
  return source && existsSync(source) ? source : resolveFilename.call(this, request, parent, ...rest);
};
Module._extensions[".ts"] = (module, filename) => {
  const options = {
    filename,
    jsc: { target: "es2022", parser: { syntax: "typescript" } },
    module: { type: "commonjs" },
  };
  module._compile(transformSync(readFileSync(filename, "utf8"), options).code, filename);
};

const { simulateCommand } = require("../../provider/cli/simulate.ts");

simulateCommand()
  .parseAsync()
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
