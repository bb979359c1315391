import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import { type Dispatcher, request as undiciRequest } from "undici";
import type { RequestBody, SeiRequest } from "./request.js";

/** Whatever came back, of any status. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
}

/** A body as bytes, so that it has a length and can be sent again. */
export interface EncodedBody {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

export async function encodeBody(body: RequestBody): Promise<EncodedBody> {
  switch (body.kind) {
    case "json":
      return { bytes: Buffer.from(JSON.stringify(body.value)), contentType: "application/json" };
    case "csv": {
      const form = new FormData();
      form.append("file", new File([body.text], body.fileName, { type: "text/csv" }));
      // Response does the multipart encoding.
      const encoded = new Response(form);
      return {
        bytes: new Uint8Array(await encoded.arrayBuffer()),
        contentType: encoded.headers.get("content-type") ?? "multipart/form-data",
      };
    }
  }
}

/** Sends one request once and reads the answer to its end. Rejects with what undici says. */
export async function sendOnce(
  dispatcher: Dispatcher,
  url: string,
  request: SeiRequest,
  headers: Record<string, string>,
  body: EncodedBody | null,
  signal: AbortSignal,
): Promise<RawAnswer> {
  const answer = await undiciRequest(url, {
    dispatcher,
    method: request.method as Dispatcher.HttpMethod,
    headers: body === null ? headers : { ...headers, "content-type": body.contentType },
    body: body === null ? null : body.bytes,
    signal,
  });
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  const known = new Map<string, string>();
  for (const [name, value] of Object.entries(answer.headers)) {
    known.set(name.toLowerCase(), [value].flat().join(", "));
  }
  return { status: answer.statusCode, headers: known, text: decode(bytes, known.get("content-encoding") ?? "") };
}

function decode(bytes: Buffer, encoding: string): string {
  const plain = bytes.length === 0 ? bytes : decompress(bytes, encoding.trim().toLowerCase());
  // TextDecoder drops a byte order mark, which would make JSON unreadable.
  return new TextDecoder("utf-8").decode(plain);
}

function decompress(bytes: Buffer, encoding: string): Buffer {
  switch (encoding) {
    case "gzip":
    case "x-gzip":
      return gunzipSync(bytes);
    case "deflate":
      return inflateSync(bytes);
    case "br":
      return brotliDecompressSync(bytes);
    default:
      return bytes;
  }
}
