#!/usr/bin/env node
import { Command } from "commander";
import { packageVersion } from "../sei/package-version.js";
import { applyCommand } from "./apply.js";
import { completionCommand } from "./completion.js";
import { applyConfig } from "./config.js";
import { conformanceCommand } from "./conformance.js";
import { doctorCommand } from "./doctor.js";
import { driftCommand } from "./drift.js";
import { exportCommand } from "./export.js";
import { formatCommand } from "./format.js";
import { planCommand } from "./plan.js";
import { restoreCommand } from "./restore.js";
import { run } from "./run.js";
import { simulateCommand } from "./simulate.js";
import { validateCommand } from "./validate.js";

/** One line for each command. A command loads what it works with when it runs, so that the help is there at once. */
const commands = [
  validateCommand(), //
  planCommand(),
  applyCommand(),
  driftCommand(),
  doctorCommand(),
  conformanceCommand(),
  formatCommand(),
  exportCommand(),
  restoreCommand(),
  simulateCommand(),
  completionCommand(),
];

const program = new Command("sei-roster")
  .description("The engineering roster of Harness SEI as declared, reviewed, drift-checked code.")
  .version(packageVersion())
  .showHelpAfterError("(add --help for the commands and options)");
for (const command of commands) program.addCommand(command.copyInheritedSettings(program));

program.hook("preAction", (_program, command) => applyConfig(command, process.env));

void run(program);
