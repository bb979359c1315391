import type { Looked } from "../sei/look.js";
import type { Finding } from "./check.js";
import { saysOf } from "./check-reading.js";
import type { Evidence } from "./evidence.js";
import { isPathHere } from "./gather.js";
import { isPast, reactionOf, reactionText, wordsOf } from "./reaction.js";

/** Which generations of the API answer: the current v2, the previous one, v1. */
export function checkGeneration({ answers, arrival }: Evidence): Finding {
  if (answers.kind !== "done") return { status: "unknown", says: saysOf(answers) };
  const { list, previous, v1, nowhere } = answers.value;
  // A server that likes every path says nothing by liking these.
  const likesAll = reactionOf(nowhere) === "fine" || reactionOf(nowhere) === "page";
  const generations = [
    { name: "current v2", path: "GET /v2/developers", looked: list },
    { name: "previous v2", path: "GET /v2/developers/download", looked: previous },
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
  if (here.includes("current v2")) {
    const absent = generations.filter(({ isHere }) => !isHere).map(({ name }) => name);
    return {
      status: "ok",
      says: `${here.join(", ")}${absent.length === 0 ? "" : ` (not here: ${absent.join(", ")})`}`,
    };
  }
  if (list.kind === "none" || ["busy", "failed", "forbidden", "page"].includes(reactionOf(list))) {
    return { status: "unknown", says: `the current v2 answers ${reactionText(list)}`, details };
  }
  if (here.length > 0) {
    return {
      status: "problem",
      says: `${here.join(", ")}; the current v2, which this package speaks, is not here`,
      todo: "Ask Harness for the current v2 endpoints of the developer records, or check the endpoint.",
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
