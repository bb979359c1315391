const pulumi = require("@pulumi/pulumi");
const sei = require("pulumi-harness-sei");

const config = new pulumi.Config("parts");
const mapping = new sei.FieldMappingSchema("mapping", {
  fields: {
    attributes: config.requireObject("attributes"),
    dropColumns: config.getObject("drop"),
    renameColumns: config.getObject("rename"),
  },
});
const roster = new sei.DeveloperRoster(config.get("name") ?? "team", {
  developers: config.getObject("developers") ?? {
    "ada@example.com": { name: "Ada Lovelace", attributes: { [config.get("column") ?? "Team"]: "Engines" } },
    "bob@example.com": { name: "Bob Babbage", manager: "ada@example.com" },
  },
  fieldMapping: mapping,
  forceDestroy: true,
});
new sei.DeveloperIdentity(
  "ada-github",
  {
    email: config.get("email") ?? "Ada@example.com",
    integrationId: config.getNumber("integration") ?? 101,
    identity: config.require("identity"),
    moveFrom: config.get("moveFrom"),
  },
  { dependsOn: roster },
);
exports.plan = roster.planSummary;
