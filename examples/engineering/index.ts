import * as pulumi from "@pulumi/pulumi";
import * as sei from "pulumi-harness-sei";

// Where the roster's files are. The default is the folder beside this program.
const source = new pulumi.Config("roster").get("source") ?? "examples/engineering/roster";

const roster = new sei.DeveloperRoster("engineering", {
  source,
  forceDestroy: new pulumi.Config("roster").getBoolean("forceDestroy") ?? false,
});

export const developers = roster.developerCount;
export const plan = roster.planSummary;
export const drift = roster.drift;
