import type { Change } from "../roster/change.js";
import type { WriteSeen } from "../sei/client.js";

/** Which request carried which change. */
export interface SentRequests {
  note(seen: WriteSeen): void;
  /** The server's id of the last request that a change went with; null when there was none, or it has no id. */
  idOf(change: Change): string | null;
}

/** Remembers the ids of the requests of one apply. */
export function sentRequests(): SentRequests {
  const ids = new Map<string, string | null>();
  /** Of a request that was about everybody: an upload, a save, an approval. */
  let ofAll: string | null = null;
  const of = (what: What, email: string) => ids.get(`${what} ${email}`) ?? null;
  return {
    note({ call, requestId, about }) {
      if (about === null) ofAll = requestId;
      else for (const email of about) ids.set(`${whatOf(call)} ${email}`, requestId);
    },
    idOf(change) {
      switch (change.kind) {
        case "create":
        case "update":
          return of("record", change.email) ?? ofAll;
        case "rename":
          return of("record", change.email) ?? of("delete", change.previousEmail);
        case "delete":
          return of("delete", change.email) ?? ofAll;
        case "setIdentity":
          return of("identity", change.email);
        case "mapField":
          return ofAll;
      }
    },
  };
}

type What = "record" | "delete" | "identity";

function whatOf({ method, path }: WriteSeen["call"]): What {
  if (method === "DELETE") return "delete";
  return path.endsWith("/identities") ? "identity" : "record";
}
