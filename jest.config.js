/** @type {import("jest").Config} */
const shared = {
  testEnvironment: "node",
  transform: {
    "^.+\\.[cm]?ts$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  moduleNameMapper: {
    "^(\\.{1,2}/.*)\\.js$": "$1",
    "^pulumi-harness-sei$": "<rootDir>/provider/index.ts",
    "^pulumi-harness-sei/client$": "<rootDir>/provider/client/index.ts",
  },
  modulePathIgnorePatterns: ["<rootDir>/dist"],
  setupFiles: ["<rootDir>/test/support/fix-seed.ts"],
  setupFilesAfterEnv: ["<rootDir>/test/support/patience.ts"],
};

module.exports = {
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/(engine|package|schemathesis)/"],
    },
    {
      ...shared,
      displayName: "engine",
      globalSetup: "<rootDir>/test/engine/global-setup.js",
      testMatch: ["<rootDir>/test/{engine,package,schemathesis}/**/*.test.ts"],
    },
  ],
};
