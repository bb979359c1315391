#!/usr/bin/env node
import { Command } from "commander";
import { packageVersion } from "../sei/package-version.js";
import { simulateCommand } from "./simulate.js";

const program = new Command("sei-roster")
  .description("The engineering roster of Harness SEI as declared, reviewed, drift-checked code.")
  .version(packageVersion())
  .showHelpAfterError("(sei-roster --help lists the commands)")
  .addCommand(simulateCommand());

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
