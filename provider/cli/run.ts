import type { Command } from "commander";

/**
 * Runs the program of a command line to its end, and says what ended it early: an error is one line on stderr and exit
 * code 1 (`SEI_DEBUG=1` shows where it came from), and SIGINT is exit code 130. A reader of our output that has enough,
 * such as `head`, is no error.
 */
export async function run(program: Command): Promise<void> {
  process.on("SIGINT", interrupted);
  process.once("uncaughtException", (error) => {
    failed(error);
    process.exit(1);
  });
  for (const stream of [process.stdout, process.stderr]) stream.on("error", unwritable);
  try {
    await program.parseAsync();
  } catch (error) {
    failed(error);
  }
}

/** A command that has something to put in order at SIGINT listens itself, and then ends itself. */
function interrupted(): void {
  if (process.listenerCount("SIGINT") === 1) process.exit(130);
}

/** Nobody reads on: there is nothing to say any more, and what the command does goes on to its end. */
function unwritable(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") failed(error);
}

function failed(error: unknown): void {
  process.exitCode = 1;
  process.stderr.write(`error: ${withoutKey(textOf(error))}\n`);
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (process.env["SEI_DEBUG"] === "1" && error.stack !== undefined) return error.stack;
  return error.message === "" ? error.name : error.message;
}

/** Our own errors never hold the key; this is for the ones that nobody thought of. */
function withoutKey(text: string): string {
  const key = process.env["SEI_API_KEY"] ?? "";
  return key === "" ? text : text.replaceAll(key, "[key]");
}
