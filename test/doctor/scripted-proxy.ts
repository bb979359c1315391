import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  readonly method: string;
  readonly path: string;
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A server that answers some requests itself, as JSON, and passes the others to another server. */
export async function scriptedProxy(
  target: string,
  answer: (asked: Asked) => { readonly status?: number; readonly body: unknown } | null,
): Promise<{ readonly url: string; readonly bodies: readonly string[] }> {
  const bodies: string[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { pathname, search } = new URL(incoming.url ?? "/", "http://localhost");
    const own = answer({ method: incoming.method ?? "", path: pathname });
    if (own !== null) {
      bodies.push(Buffer.concat(chunks).toString("utf8"));
      outgoing.writeHead(own.status ?? 200, { "content-type": "application/json" });
      outgoing.end(JSON.stringify(own.body));
      return;
    }
    const { host: _, connection: __, ...headers } = incoming.headers;
    const passed = await fetch(`${target}${pathname}${search}`, {
      method: incoming.method ?? "GET",
      headers: headers as Record<string, string>,
      ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
    });
    outgoing.writeHead(passed.status, { "content-type": passed.headers.get("content-type") ?? "" });
    outgoing.end(await passed.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push(server);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies };
}
