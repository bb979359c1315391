import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as a test's server got it. */
export interface Got {
  readonly method: string;
  /** Path without query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  // biome-ignore lint/suspicious/noExplicitAny: bodies are picked apart by tests, never trusted
  readonly json: any;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly bytes?: Buffer;
}

/** Answers instead of the server, when it answers at all; `done` first does what was asked for. */
export type Fault = (got: Got, done: () => Promise<Reply>) => Reply | Promise<Reply> | undefined;

export interface Played {
  readonly url: string;
  readonly requests: Got[];
  /** Each is used once, for the first request that it answers. */
  readonly faults: Fault[];
}

const running: Server[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

/** Starts a server on loopback that ends with the test. */
export async function play(answer: (got: Got, url: string) => Reply | Promise<Reply>): Promise<Played> {
  const requests: Got[] = [];
  const faults: Fault[] = [];
  let url = "";
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
    const got = {
      method: request.method ?? "",
      path: decodeURIComponent(pathname),
      query: searchParams,
      headers: request.headers,
      json: text === "" ? undefined : JSON.parse(text),
    };
    requests.push(got);
    const done = async () => answer(got, url);
    let reply: Reply | undefined;
    for (const [index, fault] of faults.entries()) {
      const given = fault(got, done);
      if (given === undefined) continue;
      faults.splice(index, 1);
      reply = await given;
      break;
    }
    const { status = 200, headers = {}, json, bytes } = reply ?? (await done());
    response.writeHead(status, { "content-type": "application/json", connection: "close", ...headers });
    response.end(bytes ?? (json === undefined ? "" : JSON.stringify(json)));
  });
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, requests, faults };
}
