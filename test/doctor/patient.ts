import type { Check, CheckName } from "../../provider/doctor/check";
import { type Examination, examine } from "../../provider/doctor/examine";
import { connect, type Generation } from "../../provider/sei/client";
import { lookAt } from "../../provider/sei/look";
import type { AuthChoice } from "../../provider/sei/transport/auth";

export interface PatientOptions {
  readonly url: string;
  readonly key?: string;
  readonly account?: string;
  readonly auth?: AuthChoice;
  readonly timeoutMs?: number;
  readonly deadlineMs?: number;
  readonly people?: "names" | "masked";
  readonly generation?: Generation;
}

/** Examines a server of a test as `sei-roster doctor` does it, with little patience. */
export async function examined(options: PatientOptions): Promise<Examination> {
  const { url: endpoint, key: apiKey = "simulator", account = "", auth = "auto", timeoutMs = 2_000 } = options;
  const stop = new AbortController();
  const settings = { endpoint, account, apiKey, auth, timeoutMs, signal: stop.signal };
  const { generation = "v2" } = options;
  const client = connect({ ...settings, generation, retry: { attempts: 2, baseMs: 1 }, rereadMs: [1, 1] });
  const looker = lookAt(settings);
  try {
    return await examine({
      endpoint,
      account,
      generation,
      looker,
      reader: client.reader,
      deadlineMs: options.deadlineMs ?? 10_000,
      people: options.people ?? "names",
      versions: { package: "0.1.0", node: "20.18.1" },
    });
  } finally {
    stop.abort();
    await Promise.all([client.close(), looker.close()]);
  }
}

export function find({ checks }: Examination, name: CheckName): Check {
  const found = checks.find((check) => check.name === name);
  if (found === undefined) throw new Error(`no check ${name}`);
  return found;
}

/** By name, the status of each check. */
export function statuses({ checks }: Examination): Readonly<Record<string, string>> {
  return Object.fromEntries(checks.map(({ name, status }) => [name, status]));
}
