// Runs a TypeScript file of the sources as a process of its own: node run.cjs [options of sei-roster]
// With another file: node -r ./run.cjs file.ts. Nothing is built, so that tests never see an old build; what a file
// compiles to is kept by its content, because every process would compile the same files again.
const { createHash, randomUUID } = require("node:crypto");
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { dirname, join, resolve } = require("node:path");

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...rest) {
  const isOurs = /^\..*\.js$/.test(request) && parent !== undefined;
  const source = isOurs ? resolve(dirname(parent.filename), request.replace(/\.js$/, ".ts")) : "";
  return existsSync(source) ? source : resolveFilename.call(this, request, parent, ...rest);
};
Module._extensions[".ts"] = (module, filename) => {
  module._compile(compiled(filename, readFileSync(filename, "utf8")), filename);
};

const VERSION = require("@swc/core/package.json").version;
const KEPT = resolve(__dirname, "..", "..", "node_modules", ".cache", "sei-run");

function compiled(filename, source) {
  const options = {
    filename,
    jsc: { target: "es2022", parser: { syntax: "typescript" } },
    module: { type: "commonjs" },
  };
  const kept = join(
    KEPT,
    `${createHash("sha256")
      .update(JSON.stringify([VERSION, options, source]))
      .digest("hex")}.js`,
  );
  if (existsSync(kept)) return readFileSync(kept, "utf8");
  const { code } = require("@swc/core").transformSync(source, options);
  mkdirSync(KEPT, { recursive: true });
  const partial = `${kept}.${randomUUID()}`;
  writeFileSync(partial, code);
  renameSync(partial, kept);
  return code;
}

if (require.main === module) require("../../provider/cli/main.ts");
