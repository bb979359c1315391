import type { ColumnType } from "../../provider/simulator/account/columns.js";
import { mappingJson } from "../../provider/simulator/shapes/mapping-json.js";
import { type Simulator, type SimulatorOptions, startSimulator } from "../../provider/simulator/simulator.js";
import { expectDescribed } from "../contract/openapi/described";

/** What a test sends. */
export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as the form part `file`. */
  readonly csv?: string | Uint8Array;
  /** Sent as it is. */
  readonly body?: string;
  /** Null sends no key. */
  readonly key?: string | null;
}

export interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; the text where it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: bodies are compared and picked apart, never trusted
  readonly json: any;
}

export interface Client extends Simulator {
  /** Sends a request to a path behind the base path, with the key `simulator` unless told otherwise. */
  readonly send: (path: string, sent?: Sent) => Promise<Got>;
  /** Upload, save with the preview's mapping and, where the dialect needs it, approve. */
  readonly setUp: (csv?: string, types?: Readonly<Record<string, string>>) => Promise<void>;
  readonly upload: (csv: string | Uint8Array) => Promise<Got>;
  readonly reupload: (csv: string | Uint8Array) => Promise<Got>;
  readonly approve: (versionId: unknown) => Promise<Got>;
  readonly upsert: (json: unknown) => Promise<Got>;
  readonly remove: (...emails: string[]) => Promise<Got>;
  readonly list: (query?: string) => Promise<Got>;
  readonly csv: () => Promise<string>;
  readonly identify: (json: unknown) => Promise<Got>;
  readonly emails: () => string[];
}

export const PEOPLE = [
  "Name,Email,Manager Email,Team",
  "Grace Hopper,grace@example.com,,Core",
  "Ada Lovelace,ada@example.com,grace@example.com,Payments",
  "Alan Turing,alan@example.com,ada@example.com,Payments",
  "",
].join("\n");

export const TYPES: Readonly<Record<string, string>> = {
  Name: "NAME",
  Email: "EMAIL",
  "Manager Email": "MANAGER_EMAIL",
};

const running: Simulator[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
});

/** Starts a simulator that ends with the test. */
export async function start(options: SimulatorOptions = {}): Promise<Client> {
  const simulator = await startSimulator(options);
  running.push(simulator);
  return clientOf(simulator);
}

/** Starts a simulator whose initial setup is complete. */
export async function started(options: SimulatorOptions = {}, csv = PEOPLE): Promise<Client> {
  const client = await start(options);
  await client.setUp(csv);
  return client;
}

export function clientOf(simulator: Simulator): Client {
  const { dialect } = simulator;
  const send: Client["send"] = async (path, sent = {}) => {
    const url = path.startsWith("http") ? path : `${simulator.url}${path}`;
    const request = requestOf(sent, simulator);
    const response = await fetch(url, request);
    const text = await response.text();
    const asked = { method: request.method, url, hasFault: "x-simulator-fault" in request.headers };
    expectDescribed(simulator, asked, { status: response.status, headers: response.headers, text });
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  };
  const must = async (answer: Promise<Got>) => {
    const got = await answer;
    if (got.status >= 300) throw new Error(`${got.status} ${got.text}`);
    return got;
  };
  const client: Client = {
    ...simulator,
    send,
    upload: (csv) => send("/v2/developers", { method: "POST", csv }),
    reupload: (csv) => send("/v2/developers", { method: "PUT", csv }),
    approve: (id) => send(versionPath(id), { method: "PATCH", json: { active: true } }),
    upsert: (json) => send("/v2/developers", { method: "PATCH", json }),
    remove: (...emails) => send("/v2/developers", { method: "DELETE", json: { emails } }),
    list: (query = "") => send(`/v2/developers${query}`),
    csv: async () => (await send("/v2/developers", { headers: { accept: "text/csv" } })).text,
    identify: (json) => send("/v2/developers/identities", { method: "PATCH", json }),
    emails: () => simulator.state().developers.map(({ email }) => email),
    async setUp(csv = PEOPLE, types = TYPES) {
      const preview = await must(client.upload(csv));
      const versionId = (preview.json.data ?? preview.json).versionId;
      const [header = ""] = csv.split("\n");
      const columns = header.split(",").map((name) => ({ name, type: typeOf(types[name]) }));
      await must(
        send(`${versionPath(versionId)}/fieldMappings`, {
          method: "PUT",
          json: mappingJson(columns, dialect.mappingForm),
        }),
      );
      if (!dialect.saveActivates) await must(client.approve(versionId));
      simulator.resetRequests();
    },
  };
  return client;
}

export function versionPath(versionId: unknown): string {
  return `/v2/developers/versions/${encodeURIComponent(String(versionId))}`;
}

function typeOf(type: string | undefined): ColumnType {
  return type === "NAME" || type === "EMAIL" || type === "MANAGER_EMAIL" ? type : "CUSTOM";
}

function requestOf({ method = "GET", headers = {}, json, csv, body, key = "simulator" }: Sent, { dialect }: Simulator) {
  const form = dialect.auth[0];
  const auth: Record<string, string> =
    key === null
      ? {}
      : form === "x-api-key"
        ? { "x-api-key": key }
        : { authorization: form === "bare" ? key : `${form} ${key}` };
  const account: Record<string, string> = dialect.accountHeader === "required" ? { "harness-account": "any" } : {};
  const type: Record<string, string> = json === undefined ? {} : { "content-type": "application/json" };
  const sent = csv === undefined ? (json === undefined ? body : JSON.stringify(json)) : formOf(csv);
  return {
    method,
    headers: { ...auth, ...account, ...type, ...headers },
    ...(sent === undefined ? {} : { body: sent }),
  };
}

function formOf(csv: string | Uint8Array): FormData {
  const form = new FormData();
  const bytes = typeof csv === "string" ? csv : new Uint8Array(csv);
  form.set("file", new Blob([bytes], { type: "text/csv" }), "sample_file.csv");
  return form;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
