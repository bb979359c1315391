const pulumi = require("@pulumi/pulumi");
const sei = require("pulumi-harness-sei");

// Its output is known only after it was created.
class Later extends pulumi.dynamic.Resource {
  constructor(name) {
    const provider = { create: async () => ({ id: "later", outs: { value: "Later Lovelace" } }) };
    super(provider, name, { value: undefined });
  }
}

const later = new Later("later");
const roster = new sei.DeveloperRoster("team", {
  developers: { "ada@example.com": { name: later.value } },
});
new sei.DeveloperIdentity(
  "ada-github",
  { email: "ada@example.com", integrationId: 101, identity: later.value },
  { dependsOn: roster },
);
exports.count = roster.developerCount;
