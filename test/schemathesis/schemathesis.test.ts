import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../provider/simulator/simulator";
import { operations, ROOT } from "../contract/openapi/description";
import { findOperation } from "../contract/openapi/find-operation";

// It may have to be installed first.
jest.setTimeout(600_000);

const SCRIPTS = join(ROOT, "scripts", "schemathesis");

/** Without Python, or without a way to install it, the tests are skipped; in CI that is a failure. */
const isThere =
  process.env["CI"] === "true" ||
  spawnSync(process.execPath, [join(SCRIPTS, "install.mjs")], { stdio: ["ignore", "ignore", "inherit"] }).status === 0;
const withSchemathesis = isThere ? test : test.skip;

const running: Simulator[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
});

async function start(options: Parameters<typeof startSimulator>[0] = {}): Promise<Simulator> {
  const simulator = await startSimulator({ seed: join(SCRIPTS, "people.csv"), ...options });
  running.push(simulator);
  return simulator;
}

async function schemathesis({ url }: Simulator, ...args: string[]): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, [join(SCRIPTS, "main.mjs"), "--url", url, "--no-color", ...args]);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (said += text));
  const [code] = await once(child, "close");
  return { code, said };
}

withSchemathesis("finds nothing, and has every operation succeed on the way", async () => {
  const simulator = await start();
  const { code, said } = await schemathesis(simulator, "--max-examples", "10");
  if (code !== 0) throw new Error(said);
  const done = simulator
    .requests()
    .filter(({ status }) => status === 200)
    .map(({ method, path }) => findOperation(method, path)?.operation?.id);
  expect(operations().filter(({ id }) => !done.includes(id))).toEqual([]);
});

withSchemathesis("finds what is there to be found", async () => {
  const simulator = await start({
    faults: [{ kind: "status", status: 500, match: { path: "/v2/developers/schema" } }],
  });
  const { code, said } = await schemathesis(simulator, "--max-examples", "1", "--phases", "examples");
  expect([code, said]).toEqual([1, expect.stringMatching(/GET \/v2\/developers\/schema[\s\S]*Server error/)]);
});
