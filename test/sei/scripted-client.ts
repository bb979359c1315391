import { type ConnectOptions, connect } from "../../provider/sei/client.js";
import { type Received, type Reply, scriptedServer } from "./scripted-server.js";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

export const NOT_THERE: Reply = { status: 404, body: { message: "not found" } };

/** A client with little patience, of a server that answers as the function says. */
export async function start(
  answer: (request: Received, index: number) => Reply,
  options: Partial<ConnectOptions> = {},
) {
  const server = await scriptedServer(answer);
  const retry = { baseMs: 1, ...options.retry };
  const client = connect({ endpoint: server.url, apiKey: "k3y-of-test", rereadMs: [1], ...options, retry });
  open.push(client, server);
  const asked = (method: string, path = "/v2/developers") =>
    server.received.filter((one) => one.method === method && one.path === path).length;
  return { ...client, server, asked };
}

/** What a server answers, by method and path; `csv` is the download. Everything else is 404. */
export type Script = Readonly<Record<string, Reply | ((request: Received) => Reply)>>;

export function script(replies: Script): (request: Received) => Reply {
  return (request) => {
    const path = request.path.replace(/^\/v2\/developers/, "");
    const isCsv = request.headers.accept === "text/csv" && request.method === "GET";
    const reply = replies[isCsv ? `csv${path}` : `${request.method} ${path}`];
    return typeof reply === "function" ? reply(request) : (reply ?? NOT_THERE);
  };
}
