import { RefusedError } from "./errors/refusals.js";
import { ValidationError } from "./errors/validation-error.js";
import { refusalIn } from "./shape/refusal.js";
import { quote } from "./transport/quote.js";
import type { Answer } from "./transport/request.js";

/**
 * Gives the answer back unless its body says that it failed: some servers do that with a 200.
 *
 * @throws ValidationError or RefusedError
 */
export function accepted(answer: Answer, scrub: (text: string) => string): Answer {
  const { failed, issues, said } = refusalIn(answer.json);
  if (issues.length > 0) throw new ValidationError(answer.call, answer.status, issues);
  if (!failed) return answer;
  const reads = answer.call.method === "GET";
  throw new RefusedError({ call: answer.call, status: answer.status, said: quote(scrub(said)), reads });
}
