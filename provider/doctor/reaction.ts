import { isHtml } from "../sei/errors/from-answer.js";
import type { Looked } from "../sei/look.js";

/**
 * How a server reacts to a request, by the status first: gateways and some servers put HTML under every refusal. `page`
 * is a 2xx with HTML, `setup` is 412, `missing` 404, 405 or 410, `busy` 429, `refused` any other 4xx.
 */
export type Reaction =
  | "none"
  | "fine"
  | "page"
  | "redirect"
  | "unauthorized"
  | "forbidden"
  | "missing"
  | "setup"
  | "busy"
  | "failed"
  | "refused";

export function reactionOf(looked: Looked): Reaction {
  if (looked.kind === "none") return "none";
  const { status, text } = looked.answer;
  if (status >= 200 && status < 300) return isHtml(text) ? "page" : "fine";
  if (status < 400) return "redirect";
  if (status >= 500) return "failed";
  switch (status) {
    case 401:
      return "unauthorized";
    case 403:
      return "forbidden";
    case 404:
    case 405:
    case 410:
      return "missing";
    case 412:
      return "setup";
    case 429:
      return "busy";
    default:
      return "refused";
  }
}

/** Whether the server looked further than at the key. */
export function isPast(reaction: Reaction): boolean {
  return reaction === "fine" || reaction === "setup" || reaction === "missing" || reaction === "refused";
}

/** The status, or why there was none, in a few words. */
export function reactionText(looked: Looked): string {
  if (looked.kind === "none") return looked.timedOut ? "no answer in time" : "no answer";
  return reactionOf(looked) === "page" ? `${looked.answer.status} with an HTML page` : String(looked.answer.status);
}

/** The words of a refusal, without what changes from request to request: to tell two kinds of 404 apart. */
export function wordsOf(looked: Looked): string {
  if (looked.kind === "none") return "";
  const { status, text, call } = looked.answer;
  return `${status} ${text.replaceAll(call.path, "").replace(/[\d:.TZ-]+/g, "")}`;
}
