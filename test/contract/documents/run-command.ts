import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Simulator } from "../../../provider/simulator/simulator";
import { checkAnswer } from "../openapi/check-answer";

const run = promisify(execFile);

/** How a command of a document ended. */
export interface Ran {
  /** Of the shell: 2 for a command that it cannot read, curl's own code else. */
  readonly code: number;
  /** 0 when there was no answer. */
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  /** undefined when it is no JSON. */
  readonly json: unknown;
  readonly call: { readonly method: string; readonly path: string };
  /** What of the answer openapi/sei.yaml does not describe. */
  readonly problems: readonly string[];
}

/**
 * Runs a command as it stands, in a shell, with the real curl.
 *
 * @param more options that a user of curl may keep in a file of settings, such as the header with the key
 */
export async function runCommand(
  command: string,
  cwd: string,
  requests: Simulator["requests"],
  more: readonly string[] = [],
): Promise<Ran> {
  const settings = join(cwd, ".curlrc");
  const before = requests().length;
  const lines = ["silent", 'write-out = "%{http_code}"', 'dump-header = "headers.txt"', 'output = "body.txt"', ...more];
  await Promise.all([
    writeFile(settings, `${lines.join("\n")}\n`),
    writeFile(join(cwd, "headers.txt"), ""),
    writeFile(join(cwd, "body.txt"), ""),
  ]);
  const env = { ...process.env, CURL_HOME: cwd, HOME: cwd };
  const { code, stdout } = await run("bash", ["-c", command], { cwd, env }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { code: number; stdout: string }) => error,
  );
  const text = await readFile(join(cwd, "body.txt"), "utf8");
  const headers = headersIn(await readFile(join(cwd, "headers.txt"), "utf8"));
  const status = Number(stdout);
  const { method, path } = requests().at(before) ?? { method: "", path: "" };
  const call = { method, path };
  const problems = status === 0 ? [] : checkAnswer(call, { status, headers: new Headers([...headers]), text });
  return { code, status, headers, text, json: parsed(text), call, problems };
}

function headersIn(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split("\r\n").flatMap((line): [string, string][] => {
      const [, name, value] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? [];
      return name === undefined ? [] : [[name.toLowerCase(), value ?? ""]];
    }),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
