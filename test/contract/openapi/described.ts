import { withoutBase } from "../../../provider/simulator/http/base-paths";
import { DIALECTS, type Dialect, type Simulator } from "../../../provider/simulator/simulator";
import { type Answer, checkAnswer } from "./check-answer";

const DEFAULT = JSON.stringify(DIALECTS.default);
const compared = new WeakMap<Dialect, boolean>();

function isDefault(dialect: Dialect): boolean {
  const is = compared.get(dialect) ?? JSON.stringify(dialect) === DEFAULT;
  compared.set(dialect, is);
  return is;
}

/**
 * Holds an answer of a simulator against openapi/sei.yaml, which describes the default dialect: others, and answers that a
 * fault has a hand in, are not looked at.
 *
 * @throws Error when the answer is not described
 */
export function expectDescribed(
  simulator: Simulator,
  asked: { readonly method: string; readonly url: string; readonly hasFault: boolean },
  answer: Answer,
): void {
  if (!isDefault(simulator.dialect)) return;
  if (simulator.requests().some(({ faults }) => faults.length > 0)) return;
  // A disk that fails is no answer of the API.
  if (asked.hasFault || answer.status >= 500) return;
  const path = withoutBase(new URL(asked.url).pathname);
  const problems = checkAnswer({ method: asked.method, path }, answer);
  if (problems.length > 0) throw new Error(`openapi/sei.yaml: ${problems.join("\n")}`);
}
