import { Argument, Command, type Option } from "commander";

const SHELLS = ["bash", "zsh", "fish"] as const;
type Shell = (typeof SHELLS)[number];

/** `sei-roster completion SHELL`: prints a script that completes commands, options and their choices. */
export function completionCommand(): Command {
  const command: Command = new Command("completion")
    .description("print a script that completes commands and options in a shell")
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .addHelpText("after", HELP)
    .action((shell: Shell) => {
      const program = command.parent;
      if (program !== null) process.stdout.write(scriptOf(shell, completionsOf(program)));
    });
  return command;
}

const HELP = `
Examples:
  source <(sei-roster completion bash)                          in ~/.bashrc
  source <(sei-roster completion zsh)                           in ~/.zshrc, after compinit
  sei-roster completion fish > ~/.config/fish/completions/sei-roster.fish`;

/** What can stand behind a command. */
interface Completions {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** Of its first argument; none: files. */
  readonly choices: readonly string[];
}

interface CompletedOption {
  readonly flag: string;
  readonly description: string;
  /** It wants a value. */
  readonly takesValue: boolean;
  /** The values that it may have; none: files. */
  readonly choices: readonly string[];
}

function completionsOf(program: Command): readonly Completions[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: [...command.options, ...helpOf(command)].flatMap(optionOf),
    choices: command.registeredArguments[0]?.argChoices ?? [],
  }));
}

function helpOf(command: Command): readonly Option[] {
  return [command.createOption("--help", "display help for command")];
}

function optionOf({ long, description, required, optional, argChoices }: Option): readonly CompletedOption[] {
  if (long === undefined || long === null) return [];
  return [{ flag: long, description, takesValue: required || optional, choices: argChoices ?? [] }];
}

function scriptOf(shell: Shell, commands: readonly Completions[]): string {
  switch (shell) {
    case "bash":
      return bash(commands);
    case "zsh":
      // zsh runs completions that were written for bash.
      return `autoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`;
    case "fish":
      return fish(commands);
  }
}

function bash(commands: readonly Completions[]): string {
  const names = commands.map(({ name }) => name).join(" ");
  const cases = commands.map(({ name, options, choices }) => {
    const values = options
      .filter(({ takesValue }) => takesValue)
      .map(({ flag, choices: of }) => `      ${flag}) words="${of.join(" ")}"; files=${of.length === 0 ? 1 : 0} ;;`);
    const flags = options.map(({ flag }) => flag).join(" ");
    return `  ${name})
    case "$before" in
${values.join("\n")}
      *)
        if [[ "$word" == -* ]]; then words="${flags}"; else words="${choices.join(" ")}"; files=${choices.length === 0 ? 1 : 0}; fi ;;
    esac ;;`;
  });
  return `_sei_roster() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words="" files=0
  COMPREPLY=()
  if [[ $COMP_CWORD -eq 1 ]]; then
    words="${names} --help --version"
  else
  case "\${COMP_WORDS[1]}" in
${cases.join("\n")}
  esac
  fi
  local one
  while IFS= read -r one; do COMPREPLY+=("$one"); done < <(compgen -W "$words" -- "$word")
  if [[ $files -eq 1 ]]; then
    while IFS= read -r one; do COMPREPLY+=("$one"); done < <(compgen -f -- "$word")
  fi
}
complete -o filenames -F _sei_roster sei-roster
`;
}

function fish(commands: readonly Completions[]): string {
  const lines = commands.flatMap(({ name, description, options, choices }) => {
    const seen = `-n "__fish_seen_subcommand_from ${name}"`;
    return [
      `complete -c sei-roster -n __fish_use_subcommand -f -a ${name} -d ${quoted(description)}`,
      ...(choices.length === 0 ? [] : [`complete -c sei-roster ${seen} -f -a ${quoted(choices.join(" "))}`]),
      ...options.map(({ flag, description: what, takesValue, choices: of }) => {
        const value = !takesValue ? "" : of.length === 0 ? " -r" : ` -x -a ${quoted(of.join(" "))}`;
        return `complete -c sei-roster ${seen} -l ${flag.slice(2)}${value} -d ${quoted(what)}`;
      }),
    ];
  });
  return `${lines.join("\n")}\n`;
}

function quoted(text: string): string {
  return `'${text.replace(/\\/g, "\\\\").replace(/'/g, "\\'")}'`;
}
