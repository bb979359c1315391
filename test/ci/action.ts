import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type Ended, GITHUB, newFolder, run } from "./script.js";

interface Step {
  readonly id: string;
  readonly if?: string;
  readonly run: string;
  readonly shell: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export const ACTION: Action = parse(readFileSync(join(GITHUB, "action.yml"), "utf8"));

export interface ActionRun extends Ended {
  /** Ids of the steps that ran, in order. */
  readonly ran: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * Runs the composite action as a runner does: its steps in bash, one after the other, until one fails.
 *
 * @param env of the step that uses the action, and of the runner
 */
export async function runAction(
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
  cwd = newFolder(),
): Promise<ActionRun> {
  for (const name of Object.keys(inputs)) if (!(name in ACTION.inputs)) throw new Error(`no input ${name}`);
  const known: Record<string, string> = { "github.token": env["GITHUB_TOKEN"] ?? "" };
  for (const [name, { default: standard = "" }] of Object.entries(ACTION.inputs)) {
    known[`inputs.${name}`] = inputs[name] ?? filled(String(standard), known);
  }
  // A composite action gets no token in its environment.
  const { GITHUB_TOKEN: _, ...outer } = env;
  let [out, err] = ["", ""];
  const ran: string[] = [];
  let code: number | null = 0;
  for (const step of ACTION.runs.steps) {
    if (step.if !== undefined && !evaluated(step.if, known)) continue;
    ran.push(step.id);
    const folder = newFolder();
    const [script, output] = [join(folder, "step.sh"), join(folder, "output")];
    writeFileSync(script, filled(step.run, known));
    writeFileSync(output, "");
    const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value, known)]);
    const stepEnv = { ...outer, ...Object.fromEntries(own), GITHUB_OUTPUT: output, GITHUB_ACTION_PATH: GITHUB };
    const ended = await run("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], stepEnv, cwd);
    out += ended.out;
    err += ended.err;
    for (const [name, value] of outputsOf(readFileSync(output, "utf8")))
      known[`steps.${step.id}.outputs.${name}`] = value;
    code = ended.code;
    if (code !== 0) break;
  }
  const outputs = Object.entries(ACTION.outputs).map(([name, { value }]) => [name, filled(value, known)]);
  return { code, out, err, ran, outputs: Object.fromEntries(outputs) };
}

/** What a step has put into GITHUB_OUTPUT. */
export function outputsOf(text: string): readonly (readonly [string, string])[] {
  return [...text.matchAll(/^([\w-]+)<<(.+)\n([\s\S]*?)\n?^\2$/gm)].map(([, name = "", , value = ""]) => [name, value]);
}

function filled(text: string, known: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => String(evaluated(expression, known)));
}

/** The few forms of expressions that the action has: names, texts, ==, &&, || and brackets. */
function evaluated(expression: string, known: Readonly<Record<string, string>>): unknown {
  const script = expression.replace(/'([^']*)'|(?:inputs|steps|github)\.[\w.-]+/g, (token) =>
    JSON.stringify(token.startsWith("'") ? token.slice(1, -1) : (known[token] ?? "")),
  );
  return new Function(`return (${script});`)();
}
