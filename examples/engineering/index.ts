import * as pulumi from "@pulumi/pulumi";
import * as sei from "pulumi-harness-sei";

const config = new pulumi.Config("roster");

const roster = new sei.DeveloperRoster("engineering", {
  // A folder with a file per team, beside this program.
  source: config.get("source") ?? "roster/",
  forceDestroy: config.getBoolean("forceDestroy") ?? false,
});

export const developers = roster.developerCount;
export const plan = roster.planSummary;
export const drift = roster.drift;
