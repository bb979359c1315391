import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { dynamic } from "@pulumi/pulumi";
import { type Simulator, type SimulatorOptions, startSimulator } from "../../provider/simulator/simulator";
import { at } from "../support/people";

/** What a test of a provider has, made anew for each: a simulator with people in it, a cache folder, what was logged. */
export interface ProviderWorld {
  readonly folder: string;
  readonly sei: Simulator;
  readonly said: readonly string[];
  /** Starts the simulator and configures the provider for it. */
  start(options?: SimulatorOptions, config?: Record<string, string>): Promise<void>;
  configure(config?: Record<string, string>): Promise<void>;
  /** Gives somebody an identity, as another client of the account would. */
  hold(login: string, identity: string, integrationId?: number): Promise<void>;
  /** What was kept before writing. */
  backups(): readonly ReturnType<typeof JSON.parse>[];
}

/** Call it at the top of a test file. */
export function providerWorld(provider: Required<dynamic.ResourceProvider>, seed: string): ProviderWorld {
  let sei: Simulator;
  let folder: string;
  let said: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sei-provider-"));
    writeFileSync(join(folder, "seed.csv"), seed);
    process.env["PULUMI_HARNESS_SEI_CACHE"] = join(folder, "cache");
    process.env["SEI_API_KEY"] = "simulator";
    said = [];
    jest.spyOn(console, "log").mockImplementation((line: unknown) => {
      said.push(String(line));
    });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await sei.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function configure(config: Record<string, string> = {}): Promise<void> {
    const all: Record<string, string> = { "harness-sei:endpoint": sei.url, ...config };
    await provider.configure({ config: { get: (key: string) => all[key], require: (key: string) => all[key] ?? "" } });
  }

  return {
    get folder() {
      return folder;
    },
    get sei() {
      return sei;
    },
    get said() {
      return said;
    },
    async start(options = {}, config = {}) {
      sei = await startSimulator({ seed: join(folder, "seed.csv"), ...options });
      await configure(config);
    },
    configure,
    async hold(login, identity, integrationId = 101) {
      const answer = await fetch(`${sei.url}/v2/developers/identities`, {
        method: "PATCH",
        headers: { "x-api-key": "simulator", "content-type": "application/json" },
        body: JSON.stringify([{ email: at(login), integrationId, identity }]),
      });
      expect(answer.status).toBe(200);
    },
    backups() {
      const root = join(folder, "cache", "backups");
      return readdirSync(root).flatMap((account) =>
        readdirSync(join(root, account)).map((name) => JSON.parse(readFileSync(join(root, account, name), "utf8"))),
      );
    },
  };
}
