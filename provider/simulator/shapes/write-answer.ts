import type { Dialect } from "../dialect/dialect.js";
import type { Json } from "./record-json.js";

/** What a write answers when it succeeded; `counts` is said only in dialects that say so much. */
export function writeAnswer(counts: { readonly [key: string]: Json }, { writeAnswer: form }: Dialect): Response {
  switch (form) {
    case "counts":
      return Response.json({ status: "SUCCESS", ...counts });
    case "status":
      return Response.json({ status: "SUCCESS" });
    case "noContent":
      return new Response(null, { status: 204 });
    case "text":
      return new Response("ok", { headers: { "content-type": "text/plain; charset=utf-8" } });
  }
}
