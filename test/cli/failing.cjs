// A program with commands that end in every way, run as `sei-roster` is.
require("./run.cjs");
const { Command } = require("commander");
const { run } = require("../../provider/cli/run.ts");

const commands = {
  wait() {
    process.stdout.write("ready\n");
    return new Promise((resolve) => setTimeout(resolve, 60_000));
  },
  tidy() {
    process.stdout.write("ready\n");
    const timer = setTimeout(() => {}, 60_000);
    process.once("SIGINT", () => {
      process.stdout.write("tidied\n");
      clearTimeout(timer);
      process.exitCode = 130;
    });
  },
  async throw() {
    throw new TypeError(`no good: ${process.env.SEI_API_KEY}`);
  },
  later() {
    setTimeout(() => {
      throw new Error(`later: ${process.env.SEI_API_KEY}`);
    });
  },
  reject() {
    Promise.reject(new Error("nobody waits for this"));
  },
  nameless() {
    throw new RangeError();
  },
  text() {
    throw "only a text";
  },
  async talk() {
    process.exitCode = 2;
    for (let line = 0; line < 20_000; line++) process.stdout.write(`line ${line} ${"-".repeat(80)}\n`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    process.stderr.write("went on");
  },
};

const program = new Command("failing");
for (const [name, action] of Object.entries(commands)) program.addCommand(new Command(name).action(action));
run(program);
