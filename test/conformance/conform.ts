import {
  type Conformance,
  conformanceOfReads,
  integrationIn,
  withWrites,
} from "../../provider/conformance/conformance.js";
import { writeSuite } from "../../provider/conformance/write-suite.js";
import { connect } from "../../provider/sei/client.js";
import { lookAt, trierAt } from "../../provider/sei/look.js";
import type { Client } from "../simulator/support.js";

/**
 * What `sei-roster conformance` does, in this process.
 *
 * @param stopAfter somebody interrupts it at this write
 */
export async function conform(
  { url }: Pick<Client, "url">,
  {
    write = true,
    stopAfter = Number.POSITIVE_INFINITY,
    key = "simulator",
  }: { readonly write?: boolean; readonly stopAfter?: number; readonly key?: string } = {},
): Promise<Conformance> {
  const settings = { endpoint: url, account: "acc", apiKey: key, auth: "auto", timeoutMs: 5_000 } as const;
  const client = connect({ ...settings, rereadMs: [20, 60], retry: { attempts: 2, baseMs: 5 } });
  const looker = lookAt(settings);
  const stop = new AbortController();
  let answers = 0;
  const onAnswer = () => {
    answers += 1;
    if (answers >= stopAfter) stop.abort();
  };
  const trier = trierAt({ ...settings, onAnswer });
  try {
    const { conformance, reads } = await conformanceOfReads(url, { account: "acc", looker, reader: client.reader });
    const { form, live } = reads;
    if (!write || form === null || live === null) return conformance;
    const tools = { trier, looker, reader: client.reader, form, live, integrationId: integrationIn(live) };
    return withWrites(conformance, await writeSuite({ ...tools, stop: stop.signal, waits: [20, 60, 100] }));
  } finally {
    await Promise.all([client.close(), looker.close(), trier.close()]);
  }
}
