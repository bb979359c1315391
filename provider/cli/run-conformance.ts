import { cleanUp } from "../conformance/clean-up.js";
import {
  type Conformance,
  conformanceOfReads,
  integrationIn,
  tallyOf,
  withWrites,
} from "../conformance/conformance.js";
import { conformanceJson } from "../conformance/conformance-json.js";
import { conformanceLines } from "../conformance/conformance-text.js";
import { accountInKey, mayWrite } from "../conformance/may-write.js";
import { isMadeUp } from "../conformance/own-people.js";
import type { ReadResult } from "../conformance/read-suite.js";
import { writeSuite } from "../conformance/write-suite.js";
import { connect, resolveEndpoint, type SeiClient } from "../sei/client.js";
import { type LookOptions, lookAt, type Trier, trierAt } from "../sei/look.js";
import { currentRoutes } from "../sei/routes/current.js";
import { confirm } from "./confirm.js";
import type { ConformanceFlags } from "./conformance.js";
import { answerLine, liveSettings } from "./connect-live.js";
import { EXIT } from "./exit-codes.js";
import { print, say } from "./say.js";

/** Until a read shows what was written, and until nobody is seen any more. */
const WAITS_MS = [300, 1_500, 4_000];
/** An id that no account has. */
const OTHER_ACCOUNT = "conformance-no-account";

/** What one run works with. */
interface Session {
  readonly flags: ConformanceFlags;
  readonly settings: LookOptions;
  readonly client: SeiClient;
  readonly reads: ReadResult;
}

/** @param named whether --account stands on the command line */
export async function runConformance(flags: ConformanceFlags, named: boolean): Promise<number> {
  const { apiKey, endpoint: url, region, account, auth, generation } = liveSettings(flags, process.env);
  if (generation !== "v2") throw new Error("conformance is about the current generation: leave --generation out");
  if (flags.write !== true && (flags.clean === true || flags.yes === true)) {
    throw new Error("--clean and --yes are for writes: say --write as well");
  }
  if (flags.write === true && !named) {
    throw new Error("--write needs --account ID on the command line: the account that is made for tests");
  }
  const endpoint = resolveEndpoint({ endpoint: url, region });
  const onAnswer =
    flags.verbose === true ? { onAnswer: (seen: Parameters<typeof answerLine>[0]) => say(answerLine(seen)) } : {};
  const settings = { endpoint, account, apiKey, auth, timeoutMs: flags.timeout * 1_000, ...onAnswer };
  const client = connect(settings);
  const looker = lookAt(settings);
  try {
    const { conformance, reads } = await conformanceOfReads(endpoint, { account, looker, reader: client.reader });
    if (reads.live === null) throw new Error(`the account could not be read: ${reads.trouble}`);
    if (flags.write !== true) return shown(conformance, flags);
    return await write({ flags, settings, client, reads }, conformance);
  } finally {
    await Promise.all([client.close(), looker.close()]);
  }
}

async function write(session: Session, conformance: Conformance): Promise<number> {
  const { flags, settings, client, reads } = session;
  const { form, live } = reads;
  if (form === null || live === null) throw new Error(reads.trouble);
  const [looker, other, trier] = [lookAt(settings), lookAt({ ...settings, account: OTHER_ACCOUNT }), trierAt(settings)];
  try {
    const { account, apiKey } = settings;
    const { maxDevelopers } = flags;
    const cleans = flags.clean === true;
    const about = { account, ownAccount: accountInKey(apiKey), looker, other, maxDevelopers, cleans };
    const permission = await mayWrite(live, form, about);
    if (permission.kind === "no") {
      say(`refused: ${permission.why}`);
      return EXIT.refused;
    }
    if (permission.doubt !== null) say(`warning: ${permission.doubt}`);
    if (!(await isWanted(session))) return EXIT.error;
    if (cleans) return await clean(session, trier);
    const control = stopOnSignal();
    try {
      const integrationId = flags.integration ?? integrationIn(live);
      const tools = { trier, looker, reader: client.reader, form, live, integrationId };
      const wrote = await writeSuite({ ...tools, stop: control.signal, waits: WAITS_MS });
      const code = shown(withWrites(conformance, wrote), flags);
      for (const line of wrote.left) say(`left: ${line}`);
      if (wrote.left.length > 0) say(`to delete the people: ${cleanCommand(session)}`);
      return control.code() ?? (wrote.left.length > 0 ? EXIT.error : code);
    } finally {
      control.end();
    }
  } finally {
    await Promise.all([looker.close(), other.close(), trier.close()]);
  }
}

async function isWanted({ flags, settings, reads }: Session): Promise<boolean> {
  if (flags.yes === true) return true;
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) {
    say("error: there is no terminal to ask at, so nothing was written: say --yes");
    return false;
  }
  const people = `${reads.live?.developers.size ?? 0} developers`;
  const where = `the account ${settings.account} at ${settings.endpoint}, which has ${people}`;
  if (await confirm(`Write to ${where}?`, process.stdin, process.stderr)) return true;
  say("nothing was written");
  return false;
}

/** Deletes who was left behind by earlier runs. */
async function clean({ client, reads }: Session, trier: Trier): Promise<number> {
  const { form } = reads;
  if (form === null) throw new Error(reads.trouble);
  const left = await cleanUp({
    reader: client.reader,
    waits: WAITS_MS,
    lagMs: 0,
    made: new Set(),
    isMine: isMadeUp,
    remove: (emails) => trier.send(currentRoutes.remove(emails), form),
  });
  for (const line of left) say(`left: ${line}`);
  if (left.length === 0) say("nobody who was made up is there");
  return left.length === 0 ? EXIT.fine : EXIT.error;
}

function cleanCommand({ settings }: Session): string {
  return `sei-roster conformance --write --clean --account ${settings.account} --endpoint ${settings.endpoint}`;
}

function shown(conformance: Conformance, { output }: ConformanceFlags): number {
  print(output === "json" ? [conformanceJson(conformance)] : conformanceLines(conformance));
  return tallyOf(conformance).differs > 0 ? EXIT.changes : EXIT.fine;
}

/** A first signal ends the trials, and what was made is taken away; a second ends the process at once. */
function stopOnSignal() {
  const stop = new AbortController();
  let code: number | null = null;
  const on = (of: number) => () => {
    if (code !== null) {
      say("ended at once: made-up people may be left; --write --clean deletes them");
      process.exit(of);
    }
    code = of;
    stop.abort();
    say("interrupted: no more is tried, and what was made is taken away; once more ends this at once");
  };
  const handlers = [
    ["SIGINT", on(EXIT.interrupted)],
    ["SIGTERM", on(EXIT.terminated)],
  ] as const;
  for (const [signal, handler] of handlers) process.on(signal, handler);
  return {
    signal: stop.signal,
    code: () => code,
    end() {
      for (const [signal, handler] of handlers) process.off(signal, handler);
    },
  };
}
