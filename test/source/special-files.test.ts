import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { loadRoster } from "../../provider/source/load-roster.js";
import { folderWith, refusal, TODAY } from "./folder.js";

const onUnix = process.platform === "win32" ? test.skip : test;

onUnix("a link to a device or a pipe is refused, and neither waited for nor read", async () => {
  const cwd = folderWith({ "a.yaml": "version: 1\ndevelopers:\n  ada@example.com: { name: Ada }\n" });
  execFileSync("mkfifo", [join(cwd, "pipe")]);
  symlinkSync("pipe", join(cwd, "pipe.yaml"));
  symlinkSync("/dev/zero", join(cwd, "zero.csv"));
  const { findings } = await refusal(loadRoster(".", { asOf: TODAY, cwd }));
  expect(findings.map(({ rule, message }) => [rule, message])).toEqual([
    ["FILE_NOT_READABLE", "pipe.yaml is not a file"],
    ["FILE_OUTSIDE", "zero.csv is a link that leads out of the source, and is not read"],
  ]);
});
