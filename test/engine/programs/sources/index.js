const pulumi = require("@pulumi/pulumi");
const sei = require("pulumi-harness-sei");

const config = new pulumi.Config();
const asOf = config.require("asOf");

// Its output is known only after it was created.
class Rota extends pulumi.dynamic.Resource {
  constructor(name, lead) {
    const provider = {
      create: async () => ({ id: "rota", outs: { lead } }),
      update: async () => ({ outs: { lead } }),
      diff: async (_id, olds) => ({ changes: olds.lead !== lead }),
    };
    super(provider, name, { lead: undefined, wanted: lead });
  }
}

const roster =
  config.require("kind") === "files"
    ? new sei.DeveloperRoster("files", { source: config.require("source"), asOf })
    : new sei.DeveloperRoster("code", {
        asOf,
        fields: { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team"] },
        integrations: { github: 101 },
        defaults: { Team: "Engines" },
        developers: [
          { email: "ada@example.com", name: "Ada Lovelace", manager: null, identities: { github: "ada" } },
          { email: "bob@example.com", name: "Bob Babbage", manager: new Rota("rota", config.require("lead")).lead },
          { email: "eve@example.com", name: "Eve Example", manager: null, effective: { until: "2026-11-30" } },
        ],
      });

// A second roster that declares somebody of the first.
const again = config.get("again");
if (again) new sei.DeveloperRoster("again", { asOf, developers: { [again]: { name: "Again" } } });

exports.count = roster.developerCount;
