import type { Generation } from "../../provider/sei/client.js";
import { start } from "./scripted-client.js";
import type { Received, Reply } from "./scripted-server.js";

export type Row = Readonly<Record<string, unknown>>;

/** Each reports to the one at half the number. */
export const person = (at: number, more: Row = {}): Row => ({
  Name: `P ${at}`,
  Email: `p${at}@example.com`,
  "Manager Email": at === 0 ? "" : `p${Math.floor(at / 2)}@example.com`,
  Team: `T${at % 3}`,
  ...more,
});
export const people = (count: number) => Array.from({ length: count }, (_, at) => person(at));
export const held = (at: number, more: Row = {}): Row => ({
  email: `p${at}@example.com`,
  integrationId: 101,
  identity: `login${at}`,
  ...more,
});
export const COLUMNS: Row = { NAME: "Name", EMAIL: "Email", MANAGER_EMAIL: "Manager Email", attributes: ["Team"] };

export interface Account {
  readonly rows?: readonly Row[];
  readonly schema?: unknown;
  readonly identities?: readonly Row[];
  /** Records on a page. */
  readonly most?: number;
  readonly generation?: Generation;
  /** What it answers otherwise than it should; `emails` is the filter. */
  readonly odd?: (request: Received, asked: string | null) => Reply | undefined;
}

export const texts = (row: Row) => Object.values(row).map((value) => (typeof value === "string" ? value : "?"));

/** In the previous generation the filter stands in the body. */
function searchedFor({ method, body }: Received): string | null {
  if (method !== "POST") return null;
  const { searchValue } = JSON.parse(body) as { readonly searchValue?: string };
  return searchValue ?? null;
}

/** An account that does what the documents say, in pages of four. */
export async function account({
  rows = people(12),
  schema = COLUMNS,
  identities = [],
  most = 4,
  odd,
  generation = "v2",
}: Account) {
  const page = (all: readonly Row[], query: URLSearchParams, name: string): Reply => {
    const at = Number(query.get("pageIndex"));
    return { body: { [name]: all.slice(at * most, (at + 1) * most), totalCount: all.length } };
  };
  const answer = (request: Received): Reply => {
    const { query, headers } = request;
    const path = request.path.replace(/\/(list|download)$/, "");
    const asked = query.get("emails") ?? query.get("searchValue") ?? searchedFor(request);
    const other = odd?.(request, asked);
    if (other !== undefined) return other;
    const is = (value: unknown) => asked === null || String(value).toLowerCase() === asked.toLowerCase();
    if (path.endsWith("/schema")) return { body: schema };
    if (path.endsWith("/identities")) {
      if (headers.accept === "text/csv") return { status: 406 };
      const key = query.has("emails") ? "email" : "identity";
      return page(
        identities.filter((one) => is(one[key])),
        query,
        "identities",
      );
    }
    if (headers.accept !== "text/csv") {
      return page(
        rows.filter((row) => is(row["Email"])),
        query,
        "developers",
      );
    }
    const header = Object.keys(rows[0] ?? {});
    return { body: [header, ...rows.map(texts)].map((cells) => cells.join(",")).join("\n") };
  };
  const client = await start(answer, { generation });
  const read = (who: readonly string[], wish: { identities?: boolean; claims?: readonly string[] } = {}) => {
    const keys = who.map((one) => `${one}@example.com`);
    const claims = (wish.claims ?? []).map((identity) => ({ integrationId: 101, identity }));
    const only = { people: keys, identitiesOf: keys, claims };
    return client.reader.readRoster({ identities: wish.identities ?? false, only });
  };
  return { ...client, read };
}
