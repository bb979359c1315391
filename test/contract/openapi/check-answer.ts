import { parse } from "csv-parse/sync";
import { failures } from "./check-request";
import type { ResponseNode } from "./description";
import { findOperation } from "./find-operation";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What HTTP itself needs, and says nothing of the API. */
const TRANSPORT = ["content-type", "content-length", "connection", "keep-alive", "date", "transfer-encoding"];

/** What is wrong with an answer by the description: nothing, for one that the API may give. */
export function checkAnswer(
  asked: { readonly method: string; readonly path: string },
  answer: Answer,
): readonly string[] {
  const found = findOperation(asked.method, asked.path);
  const what = `${asked.method} ${asked.path} answers ${answer.status}`;
  if (found === null) return answer.status === 404 ? [] : [`${what}, and is not described`];
  if (found.operation === null) {
    const allowed = (answer.headers.get("allow") ?? "").split(", ").sort();
    const isRight = answer.status === 405 && allowed.join() === [...found.methods].sort().join();
    return isRight ? [] : [`${what} and allows ${allowed.join()}, where there is ${found.methods.join()}`];
  }
  const described = found.operation.responses[answer.status];
  if (described === undefined) return [`${what}, which is not described`];
  return [...headers(answer, described), ...content(answer, described)].map((problem) => `${what}: ${problem}`);
}

function headers({ headers }: Answer, described: ResponseNode): readonly string[] {
  return [...headers].flatMap(([name, value]) => {
    if (TRANSPORT.includes(name)) return [];
    const check = described.headers[name];
    return check === undefined ? [`the header ${name}`] : failures(name, check, value);
  });
}

function content({ headers, text }: Answer, described: ResponseNode): readonly string[] {
  const type = headers.get("content-type") ?? "";
  if (text === "" && Object.keys(described.content).length === 0) return [];
  const media = described.content[type.split(";")[0]?.trim() ?? ""];
  if (media === undefined) return [`the content type ${type}`];
  if (!type.startsWith("text/csv")) return failures("the body", media.check, JSON.parse(text));
  try {
    parse(text, { bom: true });
    return [];
  } catch (error) {
    return [`no CSV: ${String(error)}`];
  }
}
