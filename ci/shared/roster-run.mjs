// Runs sei-roster and keeps what it says.
import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * What to run. "" is what a CI system gives for what nobody has set.
 *
 * @typedef {object} Wanted
 * @property {"plan" | "validate" | "drift" | "apply"} command
 * @property {readonly string[]} sources files, folders, globs
 * @property {string} [against] plan: another version of the source, which makes it offline; of several one in a line
 * @property {string} [region]
 * @property {string} [endpoint]
 * @property {string} [account]
 * @property {string} [checksum] apply
 * @property {string} [backup] apply: a file
 * @property {string} [audit] apply: a file
 * @property {string} [failOn] drift
 * @property {string} [baseline] drift
 * @property {string} [asOf]
 * @property {boolean} [mask]
 * @property {"github" | "json" | "text"} [findings] validate: how they are written
 */

/**
 * What came of it. No text of it is trusted.
 *
 * @typedef {object} Ran
 * @property {number} code
 * @property {string} out what it said on stdout
 * @property {string} err
 * @property {string} markdown the report; "" when it made none
 * @property {string} checksum of a plan that can be applied; "" otherwise
 * @property {number} changes
 * @property {string} summary one line without names
 */

/** Enough for any report; a runner has little memory. */
const MOST_OUTPUT = 16 * 1024 * 1024;

/** What sei-roster has no business with. */
const TOKENS =
  /^(GITHUB_TOKEN|GH_TOKEN|ACTIONS_.*|INPUT_.*|SEI_CI_.*|SEI_ROSTER_GITLAB_TOKEN|CI_JOB_TOKEN|.*_PASSWORD)$/;

/**
 * The command line. Values stand behind `=` and sources behind `--`, so none of them is ever taken for an option.
 *
 * @param {Wanted} wanted
 * @param {string} folder for the reports
 * @returns {readonly string[]}
 */
export function argumentsOf(wanted, folder) {
  const { command, sources, against, mask, findings = "text" } = wanted;
  if (sources.length === 0) throw new Error("there is no source: name the files or folders of the roster");
  const live = { region: wanted.region, endpoint: wanted.endpoint, account: wanted.account };
  const reports = [`--out=${join(folder, "report.md")}`, `--out=${join(folder, "report.json")}`];
  const masked = mask === true ? ["--mask-emails"] : [];
  const asOf = options({ "as-of": wanted.asOf });
  /** @type {Record<Wanted["command"], () => readonly string[]>} */
  const forms = {
    validate: () => [`--output=${findings}`, ...asOf],
    plan: () => [...reports, ...masked, ...asOf, ...(isOffline(wanted) ? others(against) : options(live))],
    drift: () => [
      ...reports,
      ...masked,
      ...asOf,
      ...options({ ...live, "fail-on": wanted.failOn, baseline: wanted.baseline }),
    ],
    apply: () => {
      if (!/^[0-9a-f]{16,64}$/.test(wanted.checksum ?? "")) throw new Error("there is no reviewed checksum to apply");
      const { checksum, backup, audit } = wanted;
      return [...masked, ...asOf, ...options({ ...live, checksum, backup, audit }), "--yes"];
    },
  };
  return [command, ...forms[command](), "--", ...sources];
}

/** The other version of each source, one in a line. */
function others(against = "") {
  const lines = against.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "").map((line) => `--against=${line}`);
}

/** Whether it reads files only. */
export function isOffline(/** @type {Wanted} */ { command, against = "" }) {
  return command === "validate" || (command === "plan" && against !== "");
}

/**
 * Runs it. Its output goes to this process's as it comes.
 *
 * @param {string} cli the script of sei-roster
 * @param {Wanted} wanted
 * @param {{ folder: string, cwd: string }} where
 * @returns {Promise<Ran>}
 */
export async function runRoster(cli, wanted, { folder, cwd }) {
  const args = argumentsOf(wanted, folder);
  // What reads files of a stranger gets no key, whatever the job has.
  const kept = (/** @type {string} */ name) => !TOKENS.test(name) && !(isOffline(wanted) && name.startsWith("SEI_"));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => kept(name)));
  const child = spawn(process.execPath, [cli, ...args], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const [out, err] = [collect(child.stdout, process.stdout), collect(child.stderr, process.stderr)];
  // A cancelled job sends these to us; an apply ends its request and says what is done.
  const pass = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, pass);
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
  for (const signal of SIGNALS) process.off(signal, pass);
  await writeFile(join(folder, "report.txt"), `${out()}${code === 1 || code === 3 ? err() : ""}`);
  const markdown = await readFile(join(folder, "report.md"), "utf8").catch(() => "");
  const json = await readFile(join(folder, "report.json"), "utf8")
    .then(JSON.parse)
    .catch(() => undefined);
  return { code, out: out(), err: err(), markdown, ...figuresOf(wanted, code, json) };
}

/** @type {readonly NodeJS.Signals[]} */
const SIGNALS = ["SIGINT", "SIGTERM"];

/**
 * @param {Wanted} wanted
 * @param {number} code
 * @param {any} json
 * @returns {Pick<Ran, "checksum" | "changes" | "summary">}
 */
function figuresOf(wanted, code, json) {
  const counts = Object.entries(json?.summary ?? {}).filter(
    ([kind, count]) => /^[a-zA-Z]{1,30}$/.test(kind) && Number.isInteger(count) && count > 0,
  );
  const changes = counts.reduce((sum, [, count]) => sum + Number(count), 0);
  const isApplicable = wanted.command === "plan" && !isOffline(wanted) && (code === 0 || code === 2);
  const isKnown = (isApplicable || wanted.command === "drift") && /^[0-9a-f]{64}$/.test(json?.checksum ?? "");
  const words = { 0: "nothing to do", 1: "failed", 2: "changes", 3: "refused", 130: "interrupted" };
  const told = counts.map(([kind, count]) => `${count} ${kind}`).join(", ");
  const word = /** @type {Record<number, string>} */ (words)[code] ?? "failed";
  const done =
    wanted.command === "apply" && code === 0 ? "applied" : wanted.command === "validate" && code === 0 ? "valid" : word;
  return {
    checksum: isKnown ? json.checksum : "",
    changes,
    summary: `${wanted.command}: ${done}${told === "" ? "" : ` (${told})`}`,
  };
}

/** @returns {readonly string[]} */
function options(/** @type {Record<string, string | undefined>} */ values) {
  return Object.entries(values).flatMap(([name, value]) => (value ? [`--${name}=${value}`] : []));
}

/**
 * Passes a stream on, and keeps its beginning.
 *
 * @param {import("node:stream").Readable} from
 * @param {NodeJS.WritableStream} to
 * @returns {() => string}
 */
function collect(from, to) {
  let text = "";
  from.setEncoding("utf8").on("data", (chunk) => {
    to.write(chunk);
    if (text.length < MOST_OUTPUT) text += chunk;
  });
  return () => text;
}
