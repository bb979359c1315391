import { execFileSync } from "node:child_process";
import { seiRoster } from "./child.js";

// Processes take their time on a busy machine.
jest.setTimeout(60_000);

/** What a real bash offers after a line whose last word is being written. */
function offered(script: string, words: readonly string[]): readonly string[] {
  const array = words.map((word) => `'${word}'`).join(" ");
  const program = `${script}\nCOMP_WORDS=(${array}); COMP_CWORD=${words.length - 1}; _sei_roster; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync("bash", ["--noprofile", "--norc", "-c", program], { encoding: "utf8", cwd: __dirname });
  return out.split("\n").filter((line) => line !== "");
}

test("bash completes commands, options, their choices and files", async () => {
  const { code, out: script, err } = await seiRoster(["completion", "bash"]);
  expect([code, err]).toEqual([0, ""]);
  expect(offered(script, ["sei-roster", "dr"])).toEqual(["drift"]);
  expect(offered(script, ["sei-roster", ""])).toEqual(
    expect.arrayContaining(["plan", "apply", "doctor", "completion"]),
  );
  expect(offered(script, ["sei-roster", "plan", "--mask"])).toEqual(["--mask-emails"]);
  expect(offered(script, ["sei-roster", "plan", "--output", "m"])).toEqual(["markdown"]);
  expect(offered(script, ["sei-roster", "validate", "--output", ""])).toEqual(["text", "json", "github", "sarif"]);
  expect(offered(script, ["sei-roster", "apply", "completion.t"])).toEqual(["completion.test.ts"]);
  expect(offered(script, ["sei-roster", "apply", "--audit", "completion.t"])).toEqual(["completion.test.ts"]);
  expect(offered(script, ["sei-roster", "completion", "f"])).toEqual(["fish"]);
  expect(offered(script, ["sei-roster", "nothing", "-"])).toEqual([]);
});

test("zsh takes the same, fish has a line for each option, and there is no other shell", async () => {
  const [zsh, fish, other] = await Promise.all(
    ["zsh", "fish", "powershell"].map((shell) => seiRoster(["completion", shell])),
  );
  expect(zsh?.out).toMatch(/^autoload -U \+X bashcompinit && bashcompinit\n_sei_roster\(\) \{/);
  expect(fish?.out).toMatch(
    /^complete -c sei-roster -n "__fish_seen_subcommand_from plan" -l output -x -a 'text json/m,
  );
  expect([other?.code, other?.err]).toEqual([1, expect.stringContaining("Allowed choices are bash, zsh, fish")]);
});
