import { join } from "node:path";
import { expectExit, PULUMI, ROOT, withEngine } from "./engine";
import { runCommand } from "./stack";

jest.setTimeout(240_000);

withEngine("npm start", () => {
  test("tells the main job from beginning to end", async () => {
    const env = { ...process.env, PATH: `${join(PULUMI, "..")}:${process.env["PATH"] ?? ""}` };
    const ran = await runCommand(process.execPath, [join(ROOT, "scripts", "story", "main.mjs")], {
      cwd: ROOT,
      env,
      timeoutMs: 200_000,
    });
    expectExit(ran, 0);
    for (const words of [
      "initial setup of 40 developers",
      "applied and verified: 40 to create",
      "nothing differs, so nothing is written",
      "+ nia@example.com  Nia Okafor joins, reports to ada@example.com",
      "- annie@example.com  Annie Easley leaves",
      '~ betty@example.com  Manager Email: "ada@example.com" -> "dorothy@example.com"',
      '~ ada@example.com  Role: "Contractor" -> "Staff Engineer"',
      "exit code 7",
      "The simulator is stopped",
    ]) {
      expect(ran.stdout).toContain(words);
    }
  });
});
