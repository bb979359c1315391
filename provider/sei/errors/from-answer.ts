import { refusalIn, speaksOfSize } from "../shape/refusal.js";
import { quote } from "../transport/quote.js";
import type { Effect } from "../transport/request.js";
import { retryAfterMs } from "../transport/retry.js";
import {
  ConflictError,
  ForbiddenError,
  NotFoundError,
  RateLimitedError,
  RefusedError,
  SetupRequiredError,
  TooLargeError,
  UnauthorizedError,
  UnsupportedMediaTypeError,
} from "./refusals.js";
import type { Call, SeiError } from "./sei-error.js";
import { GatewayError, ServerError } from "./transport-errors.js";
import { ValidationError } from "./validation-error.js";

/** An answer that is no success. The text is already without the key. */
export interface RefusedAnswer {
  readonly call: Call;
  readonly effect: Effect;
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
  readonly json: unknown;
  readonly authFormsTried: readonly string[];
}

/**
 * The error that an answer means. Below 500 the status comes before the body: gateways answer 413 and 429 in HTML, and
 * some application servers every refusal.
 */
export function errorFromAnswer(answer: RefusedAnswer, nowMs: number): SeiError {
  const { call, status } = answer;
  const html = isHtml(answer.text);
  const refusal = refusalIn(answer.json);
  const words = answer.json === undefined ? answer.text : refusal.said;
  const said = html ? `an HTML page, "${htmlTitle(answer.text)}": a gateway may have answered` : quote(words);
  const facts = { call, status, said, reads: answer.effect === "read" };
  if (status !== 401 && status !== 403 && status < 500 && refusal.issues.length > 0) {
    return new ValidationError(call, status, refusal.issues);
  }
  switch (status) {
    case 401:
      return new UnauthorizedError(facts, answer.authFormsTried);
    case 412:
      return new SetupRequiredError(facts);
    case 413:
      return new TooLargeError(facts);
    case 415:
      return new UnsupportedMediaTypeError(facts);
    case 429:
      return new RateLimitedError(facts, retryAfterMs(answer.retryAfter, nowMs));
  }
  if (status >= 500) {
    return html ? new GatewayError(call, status, htmlTitle(answer.text)) : new ServerError(call, status, said);
  }
  switch (status) {
    case 403:
      return new ForbiddenError(facts);
    case 404:
      return new NotFoundError(facts);
    case 409:
      return new ConflictError(facts);
  }
  return [400, 422].includes(status) && speaksOfSize(said) ? new TooLargeError(facts) : new RefusedError(facts);
}

export function isHtml(text: string): boolean {
  return /^\s*(<!doctype html|<html|<head|<body|<\?xml[^>]*>\s*<!doctype html)/i.test(text.slice(0, 500));
}

export function htmlTitle(text: string): string {
  return quote(/<title[^>]*>([^<]*)/i.exec(text.slice(0, 4000))?.[1] ?? "");
}
