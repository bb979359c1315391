import { REGIONS } from "../sei/endpoint.js";
import { htmlTitle } from "../sei/errors/from-answer.js";
import type { Looked } from "../sei/look.js";
import { isProxied } from "../sei/transport/dispatcher.js";
import { quote } from "../sei/transport/quote.js";
import type { Finding } from "./check.js";
import type { Evidence } from "./evidence.js";
import { reactionOf } from "./reaction.js";

/** Does anything answer there, and is it an API? */
export function checkEndpoint({ subject, arrival }: Evidence): Finding {
  const { endpoint } = subject;
  const looks = [arrival.keyless, ...arrival.forms.map(({ looked }) => looked)];
  const answered = looks.filter((looked) => looked.kind === "answer");
  const name = `${endpoint} (${regionText(endpoint)})`;
  const details = isProxied(endpoint) ? ["through the proxy of the environment"] : [];
  const fallback = elsewhereTodo(arrival.elsewhere);
  const [silent] = looks.filter((looked) => looked.kind === "none");
  if (answered.length === 0) {
    return { status: "problem", says: `${name} does not answer`, todo: silent?.error.message ?? "", details };
  }
  const pages = answered.filter((looked) => reactionOf(looked) === "page");
  // A firewall may let some requests pass.
  if (pages.length === answered.length) {
    const title = htmlTitle(pages[0]?.answer.text ?? "");
    return {
      status: "problem",
      says: `${name} answers with an HTML page${title === "" ? "" : ` ("${title}")`}, not as an API`,
      todo:
        fallback ??
        "A login page, a gateway or a proxy stands in between, or the URL is not the API's: see SEI_REGION and SEI_ENDPOINT.",
      details,
    };
  }
  const moved = answered.find((looked) => reactionOf(looked) === "redirect");
  if (moved !== undefined && arrival.forms.every(({ looked }) => reactionOf(looked) === "redirect")) {
    return {
      status: "problem",
      says: `${name} redirects to ${targetOf(moved, endpoint)}`,
      todo: fallback ?? "The key is not sent there. If that is the API, make it the endpoint (SEI_ENDPOINT).",
      details,
    };
  }
  const failed = answered.filter((looked) => reactionOf(looked) === "failed");
  if (failed.length === answered.length) {
    const statuses = [...new Set(failed.map(({ answer }) => answer.status))].join(", ");
    return {
      status: "problem",
      says: `${name} answers ${statuses}: the API fails`,
      todo: "Run it again later.",
      details,
    };
  }
  const ms = Math.min(...answered.map((looked) => looked.ms));
  if (answered.length < looks.length) {
    const says = `${name} answers ${answered.length} of ${looks.length} requests in time`;
    return { status: "warning", says, todo: silent?.error.message ?? "", details, counts: { ms } };
  }
  return { status: "ok", says: `${name} answers, in ${ms} ms`, details, counts: { ms } };
}

/** The region whose documented base URL it is. */
export function regionText(endpoint: string): string {
  const found = Object.entries(REGIONS).find(([, url]) => url === endpoint);
  return found === undefined ? "no region of the documents" : `region ${found[0]}`;
}

/** What to do when the key is good at another base URL of the same host; null when it is not. */
export function elsewhereTodo(elsewhere: readonly string[]): string | null {
  if (elsewhere.length === 0) return null;
  const named = elsewhere.map((url) => {
    const found = Object.entries(REGIONS).find(([, one]) => one === url);
    return found === undefined ? url : `${url} (--region ${found[0]})`;
  });
  return `The key is good at ${named.join(", and at ")}: use that.`;
}

function targetOf(looked: Looked, endpoint: string): string {
  const location = looked.kind === "answer" ? (looked.answer.headers.get("location") ?? "") : "";
  if (!URL.canParse(location, endpoint)) return "an unreadable address";
  const { origin, pathname } = new URL(location, endpoint);
  return quote(`${origin}${pathname}`);
}
