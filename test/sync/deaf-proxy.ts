import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

/** A server in front of another one that never hears of some parameters of a query. */
export async function deafProxy(target: string, ...unheard: readonly string[]): Promise<{ readonly url: string }> {
  const { origin, pathname } = new URL(target);
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", origin);
    for (const name of unheard) url.searchParams.delete(name);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const hop = ["connection", "content-length", "host", "transfer-encoding"];
    const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
      typeof value === "string" && !hop.includes(name) ? [[name, value]] : [],
    );
    const method = request.method ?? "GET";
    const body = chunks.length === 0 ? {} : { body: new Uint8Array(Buffer.concat(chunks)) };
    const answer = await fetch(url, { method, headers, ...body });
    const type = answer.headers.get("content-type");
    response.writeHead(answer.status, type === null ? {} : { "content-type": type });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}` };
}
