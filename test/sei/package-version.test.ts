import { version } from "../../package.json";

afterEach(() => {
  jest.resetModules();
  jest.dontMock("node:fs");
});

async function packageVersion(): Promise<string> {
  return (await import("../../provider/sei/package-version.js")).packageVersion();
}

test("the version is that of the package", async () => {
  expect(await packageVersion()).toBe(version);
});

test("a bundle that has left package.json behind still names itself", async () => {
  jest.doMock("node:fs", () => ({
    readFileSync: () => {
      throw new Error("ENOENT");
    },
  }));
  expect(await packageVersion()).toBe("unknown");
});
