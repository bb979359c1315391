import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PEOPLE, started } from "../simulator/support.js";
import { AS_LIVE, CHANGED, until, WITH_KEY, worldOf } from "./account.js";

// Processes take their time on a busy machine.
jest.setTimeout(120_000);

const ROOT = join(__dirname, "..", "..");
/** `docs.test.ts` runs those of docs/cli.md, in their order. */
const PAGES = ["README.md", ...readdirSync(join(ROOT, "docs")).map((name) => `docs/${name}`)].filter(
  (page) => page !== "docs/cli.md",
);

/** Every command of `sei-roster` that stands in a code block of a page, without its comment. */
function commandsOf(page: string): readonly string[] {
  const blocks = readFileSync(join(ROOT, page), "utf8").matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm);
  return [...blocks].flatMap(([, language = "", text = ""]) =>
    ["bash", "console", "sh"].includes(language)
      ? [...text.matchAll(/^(?:\$ )?(?:npx )?sei-roster (.+)$/gm)].map(([, rest = ""]) =>
          rest.replace(/\s+#.*$/, "").trim(),
        )
      : [],
  );
}

/** What cannot be run as it stands: a server that stays, and what the shell does with the output. */
const words = (command: string): readonly string[] => command.replace(/ > \S+$/, "").split(/\s+/);

test.each(PAGES.filter((page) => commandsOf(page).length > 0))("every command of %s is one, and runs", async (page) => {
  const client = await started(WITH_KEY, PEOPLE);
  const { run, begin, cwd } = worldOf(client, CHANGED);
  for (const folder of ["roster", "main"]) mkdirSync(join(cwd, folder));
  writeFileSync(join(cwd, "roster", "a.yaml"), AS_LIVE);
  writeFileSync(join(cwd, "hris.csv"), PEOPLE);
  writeFileSync(join(cwd, "policy.yaml"), "version: 1\nprune: all\n");
  writeFileSync(join(cwd, "main", "roster.yaml"), AS_LIVE);
  await run("apply", "roster.yaml", "--yes", "--backup", "BACKUP.json");
  await run("apply", "roster/", "--yes", "--backup", "backup.json");
  for (const command of commandsOf(page)) {
    const { out } = await run("plan", "roster/", "--output", "json");
    const args = words(command).map((word) => (/^[0-9a-f]{16}$/.test(word) ? JSON.parse(out).checksum : word));
    if (args[0] === "simulate") {
      const child = begin(...args.map((word) => (word === "8787" ? "0" : word)));
      let said = "";
      child.process.stdout.on("data", (text: string) => (said += text));
      await until(() => said.includes("http://127.0.0.1:"));
      child.process.kill();
      await child.ended;
      continue;
    }
    if (args[0] === "export" && args[1] === "--file") rmSync(join(cwd, args[2] ?? ""), { force: true });
    const { code, err } = await run(...args);
    expect([command, err.includes("error:") ? err : "", [0, 2].includes(code ?? -1)]).toEqual([command, "", true]);
  }
});
