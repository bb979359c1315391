import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { SimulatorOptions } from "../../provider/simulator/simulator.js";
import { type Client, PEOPLE } from "../simulator/support.js";
import { folderWith } from "../source/folder.js";
import { type Child, type ChildOptions, type Ended, start } from "./child.js";

/** The key that every test of the commands uses; no output may ever hold it. */
export const KEY = "pat.secret-key.0123456789";

/** An account that takes {@link KEY}, and the key of the tests' own requests. */
export const WITH_KEY: SimulatorOptions = { apiKeys: [{ key: KEY }, { key: "simulator" }] };

/** A roster that declares what {@link PEOPLE} holds. */
export const AS_LIVE = `version: 1
fields: { name: Name, email: Email, managerEmail: Manager Email, attributes: [Team] }
prune: all
developers:
  grace@example.com: { name: Grace Hopper, Team: Core }
  ada@example.com: { name: Ada Lovelace, manager: grace@example.com, Team: Payments }
  alan@example.com: { name: Alan Turing, manager: ada@example.com, Team: Payments }
`;

/** The same, where alan has left, nia joins and ada moves. */
export const CHANGED = AS_LIVE.replace(
  / {2}alan@.*\n/,
  "  nia@example.com: { name: Nia Okafor, manager: ada@example.com }\n",
).replace("manager: grace@example.com, Team: Payments", 'manager: grace@example.com, Team: "Engines"');

export { PEOPLE };

export interface World {
  readonly cwd: string;
  readonly cache: string;
  readonly begin: (...args: string[]) => Child;
  readonly run: (...args: string[]) => Promise<Ended>;
}

/** A folder with a roster, a private cache folder, and an account to work on. */
export function worldOf(
  account: Pick<Client, "url">,
  roster: string,
  files: Readonly<Record<string, string>> = {},
  options: ChildOptions = {},
): World {
  const cwd = folderWith({ "roster.yaml": roster, ...files });
  const cache = join(cwd, ".cache");
  mkdirSync(cache);
  const env = {
    SEI_API_KEY: KEY,
    SEI_ENDPOINT: account.url,
    PULUMI_HARNESS_SEI_CACHE: cache,
    ...options.env,
  };
  const begin = (...args: string[]) => start(args, { ...options, cwd, env });
  return { cwd, cache, begin, run: (...args) => begin(...args).ended.then(withoutKey) };
}

function withoutKey(ended: Ended): Ended {
  if (`${ended.out}${ended.err}`.includes(KEY)) throw new Error("the key was printed");
  return ended;
}

/** Waits for what a child is about to bring about. */
export async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 2_000; tries++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("it never came to pass");
}
