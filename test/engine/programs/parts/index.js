const pulumi = require("@pulumi/pulumi");
const sei = require("pulumi-harness-sei");

const config = new pulumi.Config("parts");
const mapping = new sei.FieldMappingSchema("mapping", {
  fields: { attributes: config.requireObject("attributes") },
});
const roster = new sei.DeveloperRoster(config.get("name") ?? "team", {
  developers: {
    "ada@example.com": { name: "Ada Lovelace", attributes: { Team: "Engines" } },
    "bob@example.com": { name: "Bob Babbage", manager: "ada@example.com" },
  },
  fieldMapping: mapping,
  forceDestroy: true,
});
new sei.DeveloperIdentity(
  "ada-github",
  { email: "Ada@example.com", integrationId: 101, identity: config.require("identity") },
  { dependsOn: roster },
);
exports.plan = roster.planSummary;
