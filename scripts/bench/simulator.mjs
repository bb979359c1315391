// How long the simulator takes for an account of 100,000 developers, as a process of its own with a data folder, over HTTP.
// Needs dist/ (npm run build). Prints a Markdown table. SIZE=1000 tries another size; an argument names another main.js.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const SIZE = Number(process.env.SIZE ?? 100_000);
const RUNS = 5;
const main = process.argv[2] ?? fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sei-bench-"));

/** Reports to somebody before them, eight to a manager; the names are in no order. */
const emailOf = (at) => `person.${at}@example.com`;
const managerOf = (at) => (at === 0 ? "" : emailOf(Math.floor((at - 1) / 8)));
const nameOf = (at) => `Person ${(at * 7919) % SIZE}`;

function csvOf(count, team = (at) => `Team ${at % 300}`) {
  const rows = Array.from(
    { length: count },
    (_, at) => `${nameOf(at)},${emailOf(at)},${managerOf(at)},Engineer ${at % 7},${team(at)},Site ${at % 12}\n`,
  );
  return `Name,Email,Manager Email,Role,Team,Site\n${rows.join("")}`;
}

/** Starts the simulator on the folder; answers when it listens. */
async function start() {
  const child = spawn(process.execPath, [main, "simulate", "--port", "0", "--data", folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [url] = await once(createInterface({ input: child.stdout }), "line");
  return { child, url };
}

let simulator = await start();

async function send(method, path, { json, csv, accept } = {}) {
  const headers = { "x-api-key": "simulator", ...(accept === undefined ? {} : { accept }) };
  let body;
  if (json !== undefined) {
    headers["content-type"] = "application/json";
    body = JSON.stringify(json);
  }
  if (csv !== undefined) {
    body = new FormData();
    body.set("file", new Blob([csv], { type: "text/csv" }), "people.csv");
  }
  const from = performance.now();
  const response = await fetch(`${simulator.url}${path}`, { method, headers, body });
  const text = await response.text();
  const time = performance.now() - from;
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
  return { text, time };
}

const write = (method, path, sent) => async () =>
  (await send(method, path, typeof sent === "function" ? sent() : sent)).time;
const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
const rows = [];

/** Prints the median and the worst of some runs. */
async function measure(what, work, runs = RUNS) {
  const times = [];
  for (let run = 0; run < runs; run++) times.push(await work(run));
  rows.push([what, median(times), Math.max(...times)]);
  console.log(`| ${what} | ${median(times).toFixed(1)} | ${Math.max(...times).toFixed(1)} |`);
}

const DEVELOPERS = "/v2/developers";
let fresh = 0;
const newcomer = () => ({
  json: [{ Name: `New ${fresh}`, Email: `new.${fresh++}@example.com`, "Manager Email": emailOf(0) }],
});
const pages = Math.ceil(SIZE / 50);
const page = (query) => write("GET", `${DEVELOPERS}?${query}`);

console.log("| work | median ms | worst ms |\n|---|---|---|");
try {
  await measure("upload", write("POST", DEVELOPERS, { csv: csvOf(SIZE) }), 3);
  const { versionId, fieldMappings } = JSON.parse((await send("POST", DEVELOPERS, { csv: csvOf(SIZE) })).text);
  await measure(
    "save",
    write("PUT", `${DEVELOPERS}/versions/${versionId}/fieldMappings`, { json: { fieldMappings } }),
    1,
  );
  await measure("first page after it", page("pageIndex=0&pageSize=50"), 1);
  for (const [name, index] of [
    ["first", 0],
    ["middle", Math.floor(pages / 2)],
    ["last", pages - 1],
  ]) {
    await measure(`${name} page`, page(`pageIndex=${index}&pageSize=50`));
  }
  await measure("first page by email", page("sortKey=Email"), 1);
  await measure("another page by email", page("sortKey=Email&pageIndex=5"));
  await measure("a page descending", page("sortOrder=desc"));
  await measure("a page of a search, each another", (run) => page(`searchKey=name&searchValue=${run}7`)());
  await measure("one developer by email, each another", (run) => page(`emails=${emailOf(run * 11)}`)());
  await measure("download", write("GET", DEVELOPERS, { accept: "text/csv" }));
  await measure("upsert of 1", write("PATCH", DEVELOPERS, newcomer));
  await measure("first page after an upsert of 1", async () => {
    await send("PATCH", DEVELOPERS, newcomer());
    return page("pageIndex=0")();
  });
  await measure("page by email after an upsert of 1", async () => {
    await send("PATCH", DEVELOPERS, newcomer());
    return page("sortKey=Email")();
  });
  await measure(
    "upsert of 500",
    write("PATCH", DEVELOPERS, () => ({ json: Array.from({ length: 500 }, () => newcomer().json[0]) })),
  );
  await measure("delete of 1", async () =>
    write("DELETE", DEVELOPERS, { json: { emails: [`new.${--fresh}@example.com`] } })(),
  );
  const identities = (word) => Array.from({ length: SIZE }, (_, at) => `${emailOf(at)},1,${word}-${at}\n`).join("");
  await measure(
    "identities of all",
    (run) =>
      write("PATCH", `${DEVELOPERS}/identities`, { csv: `email,integrationId,identity\n${identities(`i${run}`)}` })(),
    3,
  );
  await measure("first page of identities after it", write("GET", `${DEVELOPERS}/identities`), 1);
  await measure("a page of identities", write("GET", `${DEVELOPERS}/identities?pageIndex=7`));
  await measure("download of identities", write("GET", `${DEVELOPERS}/identities`, { accept: "text/csv" }));
  await measure("one identity", (run) =>
    write("PATCH", `${DEVELOPERS}/identities`, {
      json: [{ email: emailOf(run), integrationId: 2, identity: `x${run}` }],
    })(),
  );
  await measure("page of identities after one identity", async (run) => {
    await send("PATCH", `${DEVELOPERS}/identities`, {
      json: [{ email: emailOf(run), integrationId: 3, identity: `y${run}` }],
    });
    return write("GET", `${DEVELOPERS}/identities`)();
  });
  let version = "";
  const changed = (run) => csvOf(SIZE, (at) => (at % 100 === run ? "Moved" : `Team ${at % 300}`));
  await measure(
    "reupload, 1 % changed",
    async (run) => {
      const { text, time } = await send("PUT", DEVELOPERS, { csv: changed(run) });
      version = JSON.parse(text).versionId;
      return time;
    },
    3,
  );
  await measure("approve", write("PATCH", `${DEVELOPERS}/versions/${version}`, { json: { active: true } }), 1);
  await measure("first page after it", page(""), 1);
  await measure(
    "reupload, all changed",
    async () => {
      const { text, time } = await send("PUT", DEVELOPERS, { csv: csvOf(SIZE, (at) => `Unit ${at % 99}`) });
      version = JSON.parse(text).versionId;
      return time;
    },
    1,
  );
  await measure("approve", write("PATCH", `${DEVELOPERS}/versions/${version}`, { json: { active: true } }), 1);
  await measure(
    "kill -9 and restart",
    async () => {
      const gone = once(simulator.child, "close");
      simulator.child.kill("SIGKILL");
      await gone;
      const from = performance.now();
      simulator = await start();
      return performance.now() - from;
    },
    3,
  );
  await measure("first page after it", page(""), 1);
  const memory = readFileSync(`/proc/${simulator.child.pid}/status`, "utf8").match(/VmHWM:\s+(\d+)/)?.[1];
  const files = readdirSync(folder).map((name) => `${name} ${(statSync(join(folder, name)).size / 1e6).toFixed(1)} MB`);
  console.log(
    `\n${SIZE} developers. Folder: ${files.join(", ")}. Memory at most: ${Math.round(memory / 1024)} MiB (restarted process).`,
  );
  console.log(
    `Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model.trim() ?? "unknown"}, ${process.platform}.`,
  );
} finally {
  simulator.child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}
