import { type ConnectOptions, connect, type SeiClient } from "../../../provider/sei/client";
import type { RetrySettings } from "../../../provider/sei/transport/retry";
import { type Received, type Reply, type ScriptedServer, scriptedServer } from "../scripted-server";

export const LIST = "POST /v1/org/users/list";
export const PUT = "PUT /v1/org/users";

/** A person as the documents' list shows one. */
export const person = (id: number, more: Readonly<Record<string, unknown>> = {}) => ({
  id: String(id),
  org_uuid: `00000000-0000-4000-8000-${String(id).padStart(12, "0")}`,
  full_name: `Person ${id}`,
  email: `p${id}@example.com`,
  integration_user_ids: [{ integration_id: "101", user_id: `login-${id}` }],
  additional_fields: { region: "EMEA" },
  version: "190",
  created_at: 1710153327501,
  updated_at: 1710153327501,
  ...more,
});

export interface Scripted extends SeiClient {
  readonly server: ScriptedServer;
  readonly asked: () => readonly string[];
}

const opened: Scripted[] = [];
afterEach(async () => {
  for (const { close, server } of opened.splice(0)) {
    await close();
    await server.close();
  }
});

/** A client of a scripted server that has little patience. */
export async function scripted(
  answer: (request: Received, index: number) => Reply,
  retry: Partial<RetrySettings> = { attempts: 2, baseMs: 1 },
  options: Partial<ConnectOptions> = {},
): Promise<Scripted> {
  const server = await scriptedServer(answer);
  const client = connect({
    endpoint: server.url,
    apiKey: "key-of-the-test",
    auth: "x-api-key",
    timeoutMs: 5_000,
    retry,
    rereadMs: [1, 1],
    ...options,
  });
  const asked = () => server.received.map(({ method, path }) => `${method} ${path}`);
  const made = { ...client, server, asked };
  opened.push(made);
  return made;
}

/** What a list request asks for. */
export interface Wish {
  readonly page: number;
  readonly page_size?: number;
  readonly filter: Readonly<Record<string, unknown>>;
}

export function wishOf({ body }: Received): Wish {
  return JSON.parse(body) as Wish;
}

/** A server of everybody that clamps the page size and pages honestly, but always says that there is more. */
export function listReply(people: readonly unknown[], request: Received, most = 1_000): Reply {
  const { page, page_size = 10 } = wishOf(request);
  const size = Math.min(page_size, most);
  const records = people.slice(page * size, (page + 1) * size);
  const has_next = people.length > records.length;
  const _metadata = { page, page_size: size, next_page: page + 1, has_next, total_count: people.length };
  return { body: { records, _metadata } };
}
