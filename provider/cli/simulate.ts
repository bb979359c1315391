import { Command, InvalidArgumentError } from "commander";
import { APPLICATION_TYPES, isApplicationType } from "../simulator/account/integrations.js";
import {
  DIALECTS,
  type DialectName,
  isDialectName,
  PREVIOUS_DIALECTS,
  type PreviousDialectName,
} from "../simulator/dialect/dialects.js";
import { FAULT_GRAMMAR, parseFaults } from "../simulator/faults/fault-spec.js";
import { parseApiKey } from "../simulator/http/api-key.js";
import type { ApiKey, Fault, GivenIntegration, SimulatorOptions } from "../simulator/simulator.js";

const NAMES = [...Object.keys(DIALECTS), ...Object.keys(PREVIOUS_DIALECTS)];

interface Flags {
  readonly port: number;
  readonly data?: string;
  readonly seed?: string;
  readonly dialect: DialectName | PreviousDialectName;
  readonly fault?: readonly Fault[];
  readonly apiKey?: readonly ApiKey[];
  readonly account?: string;
  readonly requiredField?: readonly string[];
  readonly integration?: readonly GivenIntegration[];
}

/**
 * `sei-roster simulate`: runs the local SEI server until it is told to stop. The first line of stdout is its URL, as soon as it
 * listens; everything else goes to stderr. SIGINT ends it with 130, SIGTERM with 0.
 */
export function simulateCommand(): Command {
  return new Command("simulate")
    .description("run a local server of the SEI developer API; the first line of stdout is its URL")
    .option("--port <port>", "port on 127.0.0.1; 0 is a free one", portOf, 8787)
    .option("--data <dir>", "folder that keeps the state; without it, the state ends with the process")
    .option("--seed <file.csv>", "developers of an account that is not set up yet")
    .option("--dialect <name>", `how the server speaks: ${NAMES.join(", ")}`, dialectNamed, "default")
    .option("--fault <spec>", "what goes wrong, see below (repeatable)", collect(parseFaults))
    .option(
      "--api-key <KEY[:read]>",
      'a key that is good; default "simulator" (repeatable)',
      collect((text) => [parseApiKey(text)]),
    )
    .option("--account <id>", "what Harness-Account must be; default anything")
    .option(
      "--required-field <column>",
      "a column that org trees use (repeatable)",
      collect((text) => [text]),
    )
    .option(
      "--integration <id[:TYPE]>",
      "an integration that exists, with its applicationType for cloud ids; default all (repeatable)",
      collect((text) => [integrationOf(text)]),
    )
    .addHelpText("after", `\nA fault: ${FAULT_GRAMMAR}\nExample: --fault "429:times=2,method=PATCH"`)
    .action(run);
}

async function run(flags: Flags): Promise<void> {
  const { startSimulator } = await import("../simulator/simulator.js");
  const simulator = await startSimulator(optionsOf(flags));
  process.stdout.write(`${simulator.url}\n`);
  process.stderr.write(
    `Simulated SEI server, dialect ${flags.dialect}, state ${flags.data === undefined ? "in memory" : `in ${flags.data}`}. Requests: ${simulator.origin}/_simulator/requests\n`,
  );
  const signal = await new Promise<"SIGINT" | "SIGTERM">((resolve) => {
    process.once("SIGINT", () => resolve("SIGINT"));
    process.once("SIGTERM", () => resolve("SIGTERM"));
  });
  await simulator.stop();
  if (signal === "SIGINT") process.exitCode = 130;
}

function optionsOf({ apiKey, fault, requiredField, integration, ...flags }: Flags): SimulatorOptions {
  return {
    ...flags,
    ...(apiKey === undefined ? {} : { apiKeys: apiKey }),
    ...(fault === undefined ? {} : { faults: fault }),
    ...(requiredField === undefined ? {} : { requiredFields: requiredField }),
    ...(integration === undefined ? {} : { integrations: integration }),
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65535) throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  return port;
}

function dialectNamed(text: string): Flags["dialect"] {
  if (isDialectName(text)) return text;
  throw new InvalidArgumentError(`The dialects are ${NAMES.join(", ")}.`);
}

function integrationOf(text: string): GivenIntegration {
  const [number = "", type] = text.split(":");
  const id = Number(number);
  if (!Number.isSafeInteger(id) || id < 1) throw new InvalidArgumentError("An integration is a positive integer.");
  if (type === undefined) return id;
  if (isApplicationType(type)) return { id, type };
  throw new InvalidArgumentError(`The types of integrations are ${APPLICATION_TYPES.join(", ")}.`);
}

/** Gathers the values of an option that may be given several times. */
function collect<T>(read: (text: string) => readonly T[]): (text: string, before?: readonly T[]) => readonly T[] {
  return (text, before = []) => {
    try {
      return [...before, ...read(text)];
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
    }
  };
}
