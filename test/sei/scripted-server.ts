import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request, as the server got it. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** What to answer. A string is sent as it is, `undefined` as no body, anything else as JSON. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Breaks the connection: before any answer, or in the middle of it. */
  readonly breakIt?: "before" | "middle";
  /** Milliseconds to wait first. */
  readonly delay?: number;
}

export interface ScriptedServer {
  readonly url: string;
  readonly received: readonly Received[];
  close(): Promise<void>;
}

/** A small server for odd shapes and faults: every request goes to one function. */
export async function scriptedServer(answer: (request: Received, index: number) => Reply): Promise<ScriptedServer> {
  const received: Received[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const url = new URL(incoming.url ?? "/", "http://localhost");
    const request: Received = {
      method: incoming.method ?? "",
      path: url.pathname,
      query: url.searchParams,
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString("utf8"),
    };
    received.push(request);
    const reply = answer(request, received.length - 1);
    if (reply.delay !== undefined) await new Promise((resolve) => setTimeout(resolve, reply.delay).unref());
    send(outgoing, reply);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(outgoing: ServerResponse, reply: Reply): void {
  if (reply.breakIt === "before") {
    outgoing.destroy();
    return;
  }
  const isText = typeof reply.body === "string";
  const text = reply.body === undefined ? "" : isText ? (reply.body as string) : JSON.stringify(reply.body);
  const type = isText ? "text/plain" : "application/json";
  outgoing.writeHead(reply.status ?? 200, { "content-type": type, ...reply.headers });
  if (reply.breakIt === "middle") {
    outgoing.write(text.slice(0, Math.ceil(text.length / 2)));
    setTimeout(() => outgoing.destroy(), 20);
    return;
  }
  outgoing.end(text);
}
