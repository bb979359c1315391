// One request to an API of GitHub or GitLab, tried again as their documents ask for.
import { setTimeout as sleep } from "node:timers/promises";

const MOST_TRIES = 6;
/** A server that asks for more than this is not waited for: a job that sleeps costs money. */
const LONGEST_WAIT_S = 300;
/** What GitHub asks for after a secondary rate limit that names no time. */
const SECONDARY_WAIT_S = 60;
const TIMEOUT_MS = 30_000;

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {Headers} headers
 * @property {any} json the body as JSON; undefined when it is none
 */

/**
 * @typedef {object} Sent
 * @property {Readonly<Record<string, string>>} [headers] with the token; never printed
 * @property {unknown} [json]
 * @property {boolean} [safe] may be sent again when nobody knows whether it was done; default: all but POST
 * @property {readonly number[]} [expect] statuses that are answers and not failures, besides 2xx
 */

/** The server said no, or never said yes. */
export class HttpError extends Error {
  /**
   * @param {string} message
   * @param {number} status 0 when there was no answer
   */
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** Nobody knows whether it was done: look before it is sent again. */
export class UncertainError extends HttpError {}

/**
 * Sends a request. Rate limits and failures of the server are waited for and tried again.
 *
 * @param {string} method
 * @param {string} url
 * @param {Sent} [sent]
 * @returns {Promise<Answer>}
 * @throws {UncertainError} for a POST that may have been done
 * @throws {HttpError} for everything else; its text has no query and no token
 */
export async function request(method, url, sent = {}) {
  const { safe = method !== "POST", expect = [] } = sent;
  for (let tries = 1; ; tries++) {
    const got = await once(method, url, sent);
    if (got.answer !== undefined && (got.answer.status < 300 || expect.includes(got.answer.status))) return got.answer;
    const status = got.answer?.status ?? 0;
    const limited = got.answer !== undefined && isLimited(got.answer);
    const broken = status === 0 || status >= 500;
    const message = `${method} ${new URL(url).pathname}: ${got.problem}`;
    if (broken && !safe) throw new UncertainError(message, status);
    const wait = waitOf(got.answer, tries);
    if (!(limited || broken) || tries === MOST_TRIES || wait > LONGEST_WAIT_S) throw new HttpError(message, status);
    process.stderr.write(`${message}; waiting ${Math.ceil(wait)} s\n`);
    await pause(wait);
  }
}

/** Waits; SEI_CI_SECOND_MS makes seconds shorter for tests. */
export async function pause(/** @type {number} */ seconds) {
  await sleep(seconds * Number(process.env.SEI_CI_SECOND_MS ?? 1000));
}

/**
 * @param {string} method
 * @param {string} url
 * @param {Sent} sent
 * @returns {Promise<{ answer?: Answer, problem: string }>}
 */
async function once(method, url, { headers = {}, json }) {
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers, ...(json === undefined ? {} : { "content-type": "application/json" }) },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      // A token follows nobody elsewhere, and a POST must not become a GET.
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = { status: response.status, headers: response.headers, json: parsed(await response.text()) };
    const said = answer.json?.message ?? answer.json?.error ?? "";
    return { answer, problem: `${response.status} ${oneLine(typeof said === "string" ? said : "")}`.trim() };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { problem: `no answer (${oneLine(cause instanceof Error ? cause.message : String(cause))})` };
  }
}

/** GitHub answers 403 for its limits as well as for what is forbidden. */
function isLimited(/** @type {Answer} */ { status, headers, json }) {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    headers.has("retry-after") ||
    headers.get("x-ratelimit-remaining") === "0" ||
    /rate limit|abuse/i.test(String(json?.message ?? ""))
  );
}

/** How many seconds to wait before the next try. */
function waitOf(/** @type {Answer | undefined} */ answer, /** @type {number} */ tries) {
  const after = answer?.headers.get("retry-after");
  if (after) {
    const seconds = Number(after);
    const wait = Number.isNaN(seconds) ? (Date.parse(after) - Date.now()) / 1000 : seconds;
    if (!Number.isNaN(wait)) return Math.max(0, wait);
  }
  const reset = Number(answer?.headers.get("x-ratelimit-reset") ?? answer?.headers.get("ratelimit-reset"));
  const exhausted = answer?.headers.get("x-ratelimit-remaining") === "0" || answer?.status === 429;
  if (exhausted && reset > 0) return Math.max(1, reset - Date.now() / 1000 + 1);
  if (answer?.status === 403) return SECONDARY_WAIT_S * 2 ** (tries - 1);
  // Jobs that broke at the same time should not come back at the same time.
  return 2 ** (tries - 1) * (1 + Math.random() / 2);
}

/** A text of somebody else's for a log: a runner takes lines that begin with `::` for commands. */
export function oneLine(/** @type {string} */ text) {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .trim()
    .slice(0, 300);
}

function parsed(/** @type {string} */ text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
