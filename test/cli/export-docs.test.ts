import { readFileSync } from "node:fs";
import { join } from "node:path";
import { started } from "../simulator/support.js";
import { folderWith } from "../source/folder.js";
import { seiRoster } from "./child.js";

jest.setTimeout(60_000);

const DOCS = readFileSync(join(__dirname, "..", "..", "docs", "export.md"), "utf8");
const block = (language: string) => new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, "m").exec(DOCS)?.[1] ?? "";

async function account() {
  const client = await started({}, block("csv"));
  await client.identify([{ email: "ada@example.com", integrationId: 101, identity: "ada" }]);
  return { SEI_API_KEY: "simulator", SEI_ENDPOINT: client.url };
}

test("the account of the page is exported as the page says", async () => {
  const env = await account();
  const { out } = await seiRoster(["export", "--integration", "github=101"], { env });
  expect(out).toBe(block("yaml"));
});

test("every command of the page works, and what it writes is valid", async () => {
  const env = await account();
  const commands = [...DOCS.matchAll(/(?:^\$ |`)sei-roster export(.*?)(?:`|$)/gm)].map((match) =>
    (match[1] ?? "").trim(),
  );
  expect(commands.length).toBeGreaterThan(6);
  for (const command of new Set(commands)) {
    const args = command.split(" ").filter((arg) => arg !== "");
    const cwd = folderWith({});
    expect(await seiRoster(["export", ...args], { cwd, env })).toMatchObject({ code: 0 });
    const to = args.findIndex((arg) => arg === "--file" || arg === "--directory");
    if (to === -1) continue;
    expect(await seiRoster(["validate", args[to + 1] ?? ""], { cwd })).toMatchObject({
      code: 0,
      out: expect.stringContaining("valid: 2 developers"),
    });
  }
});
