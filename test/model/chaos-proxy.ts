import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What happens to one request. */
export type Mischief =
  /** Answered by us, and never received by the server. */
  | { readonly kind: "refuse"; readonly status: 429 | 500 | 503 }
  /** The connection breaks before the server has received it, or after it took effect. */
  | { readonly kind: "reset"; readonly when: "before" | "after" }
  /** The answer stops in its middle. */
  | { readonly kind: "truncate" }
  /** A page of somebody else, such as a login, with status 200; the server has not received it. */
  | { readonly kind: "html" }
  /** Reads only: an answer of the right kind with nobody in it. */
  | { readonly kind: "empty" }
  /** Reads only: one record or row of the answer is missing, or stands there twice. */
  | { readonly kind: "short" }
  | { readonly kind: "doubled" }
  /** Somebody else writes before the server receives it. */
  | { readonly kind: "meddle" };

/** A proxy that spoils what it is told to spoil. */
export interface ChaosProxy {
  readonly url: string;
  /** How many requests came so far. */
  seen(): number;
  /** The plan for the next requests, by their number from now; a `killAt` breaks that one and all after it. */
  conspire(plan: ReadonlyMap<number, Mischief>, killAt?: number): void;
  stop(): Promise<void>;
}

export interface ChaosOptions {
  /** Base URL of the server behind it. */
  readonly target: string;
  /** What somebody else does, when they meddle. */
  readonly meddle: () => Promise<void>;
}

/** Starts a proxy on loopback. It knows HTTP and JSON, and nothing of our client. */
export async function startChaosProxy({ target, meddle }: ChaosOptions): Promise<ChaosProxy> {
  let count = 0;
  let plan: ReadonlyMap<number, Mischief> = new Map();
  let killAt = Number.POSITIVE_INFINITY;
  const origin = new URL(target);

  const server = createServer((request, response) => {
    void serve(request, response).catch(() => request.socket.destroy());
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const number = count;
    count += 1;
    const body = await bodyOf(request);
    const mischief = plan.get(number);
    if (number > killAt) return void request.socket.destroy();
    switch (mischief?.kind) {
      case "refuse":
        return void response.writeHead(mischief.status, { "retry-after": "0" }).end("{}");
      case "html":
        return void response.writeHead(200, { "content-type": "text/html" }).end("<html>log in</html>");
      case "reset":
        if (mischief.when === "before") return void request.socket.destroy();
        break;
      case "meddle":
        await meddle();
        break;
      case undefined:
      case "truncate":
      case "empty":
      case "short":
      case "doubled":
    }
    const { status, headers, bytes } = await forward(origin, request, body);
    // Killed after it took effect: nobody hears of it.
    if (number === killAt || mischief?.kind === "reset") return void request.socket.destroy();
    const spoiled = request.method === "GET" && status === 200 ? spoil(bytes, headers, mischief) : bytes;
    if (mischief?.kind !== "truncate" || bytes.length < 2) {
      return void response.writeHead(status, { ...headers, "content-length": spoiled.length }).end(spoiled);
    }
    response.writeHead(status, { ...headers, "content-length": bytes.length });
    response.write(bytes.subarray(0, bytes.length / 2), () => request.socket.destroy());
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${origin.pathname}`,
    seen: () => count,
    conspire(next, kill = Number.POSITIVE_INFINITY) {
      plan = new Map([...next].map(([at, mischief]) => [count + at, mischief]));
      killAt = count + kill;
    },
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

type Headers = Readonly<Record<string, string>>;

async function forward(origin: URL, { method = "GET", url = "/", headers }: IncomingMessage, body: Buffer) {
  const passed = Object.entries(headers).filter(
    ([name, value]) => typeof value === "string" && !/^(host|connection|content-length|transfer-encoding)$/.test(name),
  ) as [string, string][];
  const answer = await fetch(new URL(url, origin), {
    method,
    headers: passed,
    ...(method === "GET" ? {} : { body }),
  });
  const kept = ["content-type", "retry-after"].flatMap((name) => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return {
    status: answer.status,
    headers: Object.fromEntries(kept) as Headers,
    bytes: Buffer.from(await answer.arrayBuffer()),
  };
}

function spoil(bytes: Buffer, headers: Headers, mischief: Mischief | undefined): Buffer {
  const change = (list: readonly unknown[]): readonly unknown[] => {
    switch (mischief?.kind) {
      case "empty":
        return [];
      case "short":
        return list.slice(0, -1);
      case "doubled":
        return [...list, ...list.slice(-1)];
      default:
        return list;
    }
  };
  if (!["empty", "short", "doubled"].includes(mischief?.kind ?? "")) return bytes;
  const text = bytes.toString("utf8");
  if (headers["content-type"]?.includes("csv") === true) {
    const [header = "", ...rows] = text.split(/(?<=\n)/);
    return Buffer.from([header, ...change(rows)].join(""));
  }
  try {
    return Buffer.from(JSON.stringify(withLongestList(JSON.parse(text), change)));
  } catch {
    return bytes;
  }
}

/** Changes the first list of records in an answer, wherever the dialect puts it. */
function withLongestList(json: unknown, change: (list: readonly unknown[]) => readonly unknown[]): unknown {
  if (Array.isArray(json)) return change(json);
  if (json === null || typeof json !== "object") return json;
  const entries = Object.entries(json);
  const at = entries.findIndex(([, value]) => Array.isArray(value) && typeof value[0] === "object");
  if (at >= 0) {
    return Object.fromEntries(entries.map(([key, value], index) => [key, index === at ? change(value as []) : value]));
  }
  return Object.fromEntries(entries.map(([key, value]) => [key, withLongestList(value, change)]));
}
