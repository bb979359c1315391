import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { csvOf } from "./people.mjs";

const KEY = { "x-api-key": "simulator" };

/**
 * A simulator as a process of its own, in memory: what is compared are clients, and a disk would only be noise.
 *
 * @param {import("./row.mjs").Context} context
 */
export async function startSimulator(context) {
  const child = spawn(process.execPath, [context.cli, "simulate", "--port", "0"], {
    env: context.env,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [url] = await once(createInterface({ input: child.stdout }), "line");
  const log = `${new URL(url).origin}/_simulator/requests`;
  return {
    url: String(url),
    /** Makes it an account of so many developers. */
    setUp: (/** @type {number} */ count) => setUp(url, csvOf(count)),
    /** How often each kind of request came since the last look. */
    async counts() {
      const { counts } = await (await fetch(log)).json();
      await fetch(log, { method: "DELETE" });
      return /** @type {Record<string, number>} */ (counts);
    },
    async stop() {
      const ended = once(child, "close");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** The initial setup: upload, and save of the field mapping that the preview proposes. */
async function setUp(/** @type {string} */ url, /** @type {string} */ csv) {
  const body = new FormData();
  body.set("file", new Blob([csv], { type: "text/csv" }), "people.csv");
  const draft = await fetch(`${url}/v2/developers`, { method: "POST", headers: KEY, body });
  const { versionId, fieldMappings } = await draft.json();
  const saved = await fetch(`${url}/v2/developers/versions/${versionId}/fieldMappings`, {
    method: "PUT",
    headers: { ...KEY, "content-type": "application/json" },
    body: JSON.stringify({ fieldMappings }),
  });
  if (!saved.ok) throw new Error(`the simulator refused the setup: ${saved.status} ${await saved.text()}`);
}
