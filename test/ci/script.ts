import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const ROOT = join(__dirname, "..", "..");
export const GITHUB = join(ROOT, "ci", "github");
export const GITLAB = join(ROOT, "ci", "gitlab");
export const TOKEN = "ghs_test-token";
export const KEY = "pat.secret-key.0123456789";

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder that ends with the tests of a file. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sei-ci-"));
  folders.push(folder);
  return folder;
}

/** Runs a program with nothing but the given environment and what a program needs. No output may hold a secret. */
export async function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd = newFolder(),
): Promise<Ended> {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(program, args, { cwd, env: { PATH, HOME, SEI_CI_SECOND_MS: "1", ...env } });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (out += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (err += chunk));
  const [code] = await once(child, "close");
  for (const secret of [TOKEN, KEY]) if (`${out}${err}`.includes(secret)) throw new Error("a secret was printed");
  return { code: code as number | null, out, err };
}

export const HEAD = "a".repeat(40);
export const MERGE = "b".repeat(40);
export const SUM = "5e2cb5d3".repeat(8);

/** The environment that a runner of GitHub gives, for an event. */
export function runnerOf(
  { url }: { readonly url: string },
  event: unknown,
  env: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const folder = newFolder();
  const file = (name: string, text = "") => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  return {
    GITHUB_API_URL: url,
    GITHUB_GRAPHQL_URL: `${url}/graphql`,
    GITHUB_SERVER_URL: "https://github.example.com",
    GITHUB_REPOSITORY: "acme/people",
    GITHUB_RUN_ID: "500",
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_SHA: MERGE,
    GITHUB_REF_NAME: "main",
    GITHUB_EVENT_PATH: file("event.json", JSON.stringify(event)),
    GITHUB_STEP_SUMMARY: file("summary.md"),
    GITHUB_OUTPUT: file("output"),
    GITHUB_TOKEN: TOKEN,
    RUNNER_TEMP: folder,
    ...env,
  };
}

/** The event of a pull request. */
export const PULL_REQUEST = {
  pull_request: { number: 7, head: { sha: HEAD } },
  repository: { private: true },
} as const;
