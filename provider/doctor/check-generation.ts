import { type Generation, howToSet } from "../roster/generation.js";
import type { Looked } from "../sei/look.js";
import type { Finding } from "./check.js";
import { saysOf } from "./check-reading.js";
import type { Evidence } from "./evidence.js";
import { isPathHere } from "./gather.js";
import { isPast, reactionOf, reactionText, wordsOf } from "./reaction.js";

const NAMES: Readonly<Record<Generation, string>> = { v2: "current v2", previous: "previous v2" };

/** Which generations of the API answer: the current v2, the previous one, v1. Is the one that is chosen among them? */
export function checkGeneration({ answers, arrival, subject }: Evidence): Finding {
  if (answers.kind !== "done") return { status: "unknown", says: saysOf(answers) };
  const { list, current, previous, v1, nowhere } = answers.value;
  // A server that likes every path says nothing by liking these.
  const likesAll = reactionOf(nowhere) === "fine" || reactionOf(nowhere) === "page";
  const generations = [
    { name: NAMES.v2, path: "GET /v2/developers", looked: current },
    { name: NAMES.previous, path: "GET /v2/developers/download", looked: previous },
    { name: "v1", path: "GET /v1/org/users/schema", looked: v1 },
  ].map((one) => ({ ...one, isHere: isHere(one.looked, nowhere) }));
  const details = generations.map(
    ({ name, path, looked, isHere }) =>
      `${name}: ${isHere ? "answers" : "not here"} (${path}: ${reactionText(looked)})`,
  );
  if (likesAll) {
    return {
      status: "unknown",
      says: `a path that no API has is answered with ${reactionText(nowhere)}, so nothing can be told apart`,
      todo: "Is a cache or a single-page application in between?",
      details,
    };
  }
  const here = generations.filter(({ isHere }) => isHere).map(({ name }) => name);
  const chosen = subject.generation;
  if (here.includes(NAMES[chosen])) {
    const absent = generations.filter(({ isHere }) => !isHere).map(({ name }) => name);
    const using = chosen === "v2" ? "" : `; ${NAMES[chosen]} is used`;
    return {
      status: "ok",
      says: `${here.join(", ")}${absent.length === 0 ? "" : ` (not here: ${absent.join(", ")})`}${using}`,
    };
  }
  if (list.kind === "none" || ["busy", "failed", "forbidden", "page"].includes(reactionOf(list))) {
    return { status: "unknown", says: `the ${NAMES[chosen]} answers ${reactionText(list)}`, details };
  }
  const other: Generation = chosen === "v2" ? "previous" : "v2";
  if (here.includes(NAMES[other])) {
    const todo = howToSet(other);
    return {
      status: "problem",
      says: `${here.join(", ")}; the ${NAMES[chosen]}, which is to be used, is not here`,
      todo: `This account speaks the ${other === "v2" ? "current" : other} generation: ${todo}.`,
      details,
    };
  }
  if (here.length > 0) {
    return {
      status: "problem",
      says: `${here.join(", ")}; no v2 is here, and this package needs one`,
      todo: "Ask Harness for the v2 endpoints of the developer records, or check the endpoint.",
      details,
    };
  }
  const at = arrival.elsewhere[0];
  return {
    status: "problem",
    says: "no generation of the API is here",
    todo: at === undefined ? "Check the endpoint: it must end before /v2." : `Use ${at}.`,
    details,
  };
}

function isHere(looked: Looked, nowhere: Looked): boolean {
  const reaction = reactionOf(looked);
  // 405 is a path of the API with other methods, not this request.
  if (!isPast(reaction) || (looked.kind === "answer" && looked.answer.status === 405)) return false;
  return isPathHere(reaction, wordsOf(looked), wordsOf(nowhere));
}
