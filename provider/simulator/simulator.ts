import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { ContributorLists } from "./account/contributor-lists.js";
import { dataFolder } from "./account/data-folder.js";
import { type GivenIntegration, Integrations } from "./account/integrations.js";
import { seedAccount } from "./account/seed-account.js";
import { type GivenContributor, seedContributors } from "./account/seed-contributors.js";
import { Store } from "./account/store.js";
import type { Dialect } from "./dialect/dialect.js";
import { type DialectName, dialectOf, type PreviousDialectName } from "./dialect/dialects.js";
import type { Fault } from "./faults/fault.js";
import { FaultSet } from "./faults/fault-set.js";
import { answer } from "./http/answer.js";
import type { ApiKey } from "./http/api-key.js";
import { createApi } from "./http/app.js";
import { control } from "./http/control.js";
import { RequestLog, type RequestRecord } from "./http/request-log.js";
import { prepareLists } from "./operations/find-developers.js";
import type { Simulation } from "./simulation.js";
import { type SimulatorState, stateOf } from "./state.js";

export { DIALECTS, type DialectName, PREVIOUS_DIALECTS, type PreviousDialectName } from "./dialect/dialects.js";
export type { ApiKey, Dialect, Fault, GivenContributor, GivenIntegration, RequestRecord, SimulatorState };

export interface SimulatorOptions {
  /** 0, the default, is a free port. */
  readonly port?: number;
  /** A folder that keeps the state; without it, the state is in memory only. It goes on with the `emails` it began with. */
  readonly data?: string;
  /** A CSV file that an account which is not set up yet starts with. */
  readonly seed?: string;
  /** A named dialect, or entries in place of the default's. */
  readonly dialect?: DialectName | PreviousDialectName | Partial<Dialect>;
  readonly faults?: readonly Fault[];
  /** By default one key, `simulator`, with both scopes. */
  readonly apiKeys?: readonly ApiKey[];
  /** What `Harness-Account` must be; by default anything. */
  readonly account?: string;
  /** Columns that org trees filter or group by: an upload without them is refused. */
  readonly requiredFields?: readonly string[];
  /** The integrations that exist, by id or with a type for cloud ids; by default every positive integer is one. */
  readonly integrations?: readonly GivenIntegration[];
  /** What the list of contributors starts with, in a dialect where that is a list of its own (`contributors: "apart"`). */
  readonly contributors?: readonly GivenContributor[];
}

/** A server that runs. */
export interface Simulator {
  /** The base of the API, without a slash at its end: `http://127.0.0.1:8787/sei/api`. */
  readonly url: string;
  /** Scheme, host and port: where `/_simulator` and the other base paths are. */
  readonly origin: string;
  readonly dialect: Dialect;
  /** The requests to the API so far, the last 10,000 of them. */
  requests(): RequestRecord[];
  resetRequests(): void;
  readonly faults: { add(fault: Fault): void; clear(): void };
  /** What the account holds now, whatever readers see yet. */
  state(): SimulatorState;
  /** Ends the server and every connection; writes that are under way are stored first. */
  stop(): Promise<void>;
}

/** Loopback only: this server is for the machine that it runs on. */
const HOST = "127.0.0.1";

/**
 * Starts a local server of the SEI developer API.
 *
 * @throws Error when the port is taken, the data folder cannot be read or is in use, or the seed is no valid upload
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const dialect = dialectOf(options.dialect);
  const { data, contributors } = options;
  if (contributors !== undefined && dialect.contributors !== "apart") {
    throw new Error("contributors are given, but they are not apart in this dialect");
  }
  const store = await openStore(dialect, data);
  const stores: [Store, ...Store[]] = [store];
  try {
    if (dialect.contributors !== "apart") return await serve(stores, store, dialect, options);
    const apart = await openStore(dialect, data === undefined ? undefined : join(data, "contributors"));
    stores.push(apart);
    await seedContributors(apart, contributors ?? [], dialect);
    return await serve(stores, apart, dialect, options);
  } catch (error) {
    for (const each of stores) await each.close();
    throw error;
  }
}

function openStore({ readDelayMs }: Dialect, data: string | undefined): Promise<Store> {
  return Store.open(readDelayMs, ...(data === undefined ? [] : [dataFolder(data)]));
}

/**
 * @param stores all that there are, that of the developers first
 * @param people the one that has the contributors of v1
 */
async function serve(
  stores: readonly [Store, ...Store[]],
  people: Store,
  dialect: Dialect,
  options: SimulatorOptions,
): Promise<Simulator> {
  const [store] = stores;
  const simulation: Simulation = {
    store,
    dialect,
    orgTreeFields: options.requiredFields ?? [],
    integrations: new Integrations(options.integrations ?? null),
    versionName: "versionId",
    contributors: dialect.contributors === "none" ? null : new ContributorLists(people),
  };
  prepareLists(store.current, dialect);
  if (options.seed !== undefined) await seedAccount(simulation, await readFile(options.seed));

  const log = new RequestLog();
  const faults = new FaultSet(options.faults);
  const stopping = new AbortController();
  const api = createApi(simulation, {
    keys: options.apiKeys ?? [{ key: "simulator" }],
    account: options.account ?? null,
  });
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.route("/_simulator", control(log, faults));
  app.all("*", (call) =>
    answer(call.req.raw, call.env, {
      api: (request, env) => api.fetch(request, env),
      faults,
      log,
      stopping: stopping.signal,
    }),
  );
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  const origin = `http://${HOST}:${await listen(server, options.port ?? 0)}`;

  return {
    url: `${origin}/sei/api`,
    origin,
    dialect,
    requests: () => log.all(),
    resetRequests: () => log.reset(),
    faults: { add: (fault) => faults.add(fault), clear: () => faults.clear() },
    state: () => stateOf(store.current),
    async stop() {
      stopping.abort();
      const closed = server.listening ? once(server, "close") : Promise.resolve();
      server.close();
      for (const each of stores) await each.idle();
      server.closeAllConnections();
      await closed;
      for (const each of stores) await each.close();
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, HOST);
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}
