import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { start as startChild } from "../cli/child.js";
import { errorsIn } from "../client/public-face.js";
import { type Client, PEOPLE, started } from "../simulator/support.js";
import { privateCache } from "./cache.js";

// A process takes its time on a busy machine.
jest.setTimeout(60_000);

const ROOT = join(__dirname, "..", "..");
const [, EXAMPLE = ""] = /^```ts\n([\s\S]*?)^```/m.exec(readFileSync(join(ROOT, "docs", "sync.md"), "utf8")) ?? [];
const cache = privateCache();

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** The handler of the page, as a process of its own. */
async function webhook(account: Client) {
  const port = await freePort();
  const file = join(cache(), "webhook.ts");
  writeFileSync(
    file,
    EXAMPLE.replace('"pulumi-harness-sei/client"', JSON.stringify(join(ROOT, "provider", "client", "index.ts"))),
  );
  const env = {
    SEI_ENDPOINT: account.url,
    SEI_API_KEY: "simulator",
    SEI_AUDIT: join(cache(), "audit.jsonl"),
    WEBHOOK_TOKEN: "hr",
    PORT: String(port),
    PULUMI_HARNESS_SEI_CACHE: cache(),
  };
  const child = startChild([file], { env, script: "../sync/run-example.cjs" });
  let log = "";
  child.process.stdout.on("data", (text: string) => (log += text));
  const post = async (body: unknown, token = "hr") => {
    const answer = await fetch(`http://127.0.0.1:${port}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, outcome: text === "" ? null : JSON.parse(text) };
  };
  for (let tries = 0; tries < 400; tries += 1) {
    try {
      await post({}, "nobody");
      break;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return { post, log: () => log, child };
}

const NIA = { workEmail: "nia@example.com", fullName: "Nia Okafor", managerEmail: "ada@example.com", team: "Payments" };

test("the example of the page answers as the page says, and its log names nobody", async () => {
  const account = await started({}, PEOPLE);
  const { post, log, child } = await webhook(account);
  expect((await post(NIA, "wrong")).status).toBe(401);
  expect(await post({ ...NIA, github: "nia" })).toMatchObject({
    status: 200,
    outcome: { status: "created", identities: 1 },
  });
  expect(await post({ ...NIA, github: "nia" })).toMatchObject({ status: 200, outcome: { status: "unchanged" } });
  expect(await post({ ...NIA, team: "Core" })).toMatchObject({
    status: 200,
    outcome: { status: "updated", columns: ["Team"] },
  });
  expect(await post({ ...NIA, managerEmail: "mo@example.com" })).toMatchObject({
    status: 422,
    outcome: { status: "refused" },
  });
  account.faults.add({ kind: "status", status: 403, match: { method: "PATCH" } });
  expect(await post({ ...NIA, team: "Other" })).toMatchObject({ status: 503, outcome: { status: "failed" } });
  expect(log()).toContain("status: 'created'");
  expect(log()).not.toMatch(/@example\.com|Okafor|simulator/);
  expect(readFileSync(join(cache(), "audit.jsonl"), "utf8")).toContain("nia@example.com");
  child.process.kill();
  await child.ended;
});

test("the example compiles", () => {
  const [imports, body] = [/^import .*$/gm, EXAMPLE.replace(/^import .*\n/gm, "")];
  expect(EXAMPLE.match(imports)?.length).toBe(2);
  expect(
    errorsIn(
      [`const { createServer } = await import("node:http");\n${body}`],
      ["syncDeveloper", "DeveloperInput", "SeiClient", "SeiReader"],
    ),
  ).toEqual([]);
});

test("the client loads no Pulumi", async () => {
  const entry = join(ROOT, "provider", "client", "index.ts");
  const { out, code } = await startChild([entry], { script: "../sync/run-example.cjs", env: { SHOW_LOADED: "1" } })
    .ended;
  const loaded: string[] = JSON.parse(out);
  expect([code, loaded.length > 50, loaded.filter((file) => file.includes("@pulumi"))]).toEqual([0, true, []]);
});
