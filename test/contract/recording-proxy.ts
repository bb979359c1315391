import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { withoutBase } from "../../provider/simulator/http/base-paths";
import type { Simulator } from "../../provider/simulator/simulator";
import { checkAnswer } from "./openapi/check-answer";
import { checkRequest } from "./openapi/check-request";
import { findOperation } from "./openapi/find-operation";

/** A proxy in front of a simulator that holds what passes it against openapi/sei.yaml. */
export interface Recording {
  /** The base of the API. */
  readonly url: string;
  /** What is not described, of requests and answers, as it passed. */
  readonly problems: readonly string[];
  /** Operation and status of everything that passed, each once: `listDevelopers 200`. */
  readonly seen: ReadonlySet<string>;
}

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

export async function record(simulator: Pick<Simulator, "origin" | "url" | "requests">): Promise<Recording> {
  const problems: string[] = [];
  const seen = new Set<string>();
  const server = createServer(async (incoming, outgoing) => {
    try {
      await pass(simulator, incoming, outgoing, problems, seen);
    } catch (error) {
      problems.push(`the proxy: ${String(error)}`);
      outgoing.destroy();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  servers.push(server);
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}${new URL(simulator.url).pathname}`, problems, seen };
}

async function pass(
  { origin, requests }: Pick<Simulator, "origin" | "requests">,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  problems: string[],
  seen: Set<string>,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const body = new Uint8Array(Buffer.concat(chunks));
  const method = incoming.method ?? "";
  const { pathname, search, searchParams } = new URL(incoming.url ?? "/", origin);
  const path = withoutBase(pathname);
  const sent = Object.entries(incoming.headers).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  problems.push(...(await checkRequest({ method, path, query: searchParams, headers: new Headers(sent), body })));

  const passed = sent.filter(([name]) => !["host", "connection", "content-length", "transfer-encoding"].includes(name));
  const answer = await fetch(`${origin}${pathname}${search}`, {
    method,
    headers: passed,
    ...(body.length === 0 ? {} : { body }),
  });
  const text = await answer.text();
  // A fault is no answer of the API.
  const isFault = (requests().at(-1)?.faults.length ?? 0) > 0;
  if (!isFault)
    problems.push(...checkAnswer({ method, path }, { status: answer.status, headers: answer.headers, text }));
  seen.add(`${findOperation(method, path)?.operation?.id ?? `${method} ${path}`} ${answer.status}`);
  const {
    "content-length": _,
    "transfer-encoding": __,
    connection: ___,
    ...headers
  } = Object.fromEntries(answer.headers);
  outgoing.writeHead(answer.status, headers);
  outgoing.end(text);
}
