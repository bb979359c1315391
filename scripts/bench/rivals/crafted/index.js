const { readFileSync } = require("node:fs");
const pulumi = require("@pulumi/pulumi");
const { parse } = require("csv-parse/sync");

// The state of each developer holds these few lines; the work is in a file beside this program, loaded once.
const provider = {
  diff: async (id, olds, news) => require("./developer-client.js").diff(id, olds, news),
  create: async (inputs) => require("./developer-client.js").create(inputs),
  read: async (id, props) => require("./developer-client.js").read(id, props),
  update: async (id, olds, news) => require("./developer-client.js").update(id, olds, news),
  delete: async (id) => require("./developer-client.js").delete(id),
};

class Developer extends pulumi.dynamic.Resource {
  constructor(name, props, opts) {
    super(provider, name, props, opts, "rival", "Developer");
  }
}

const people = new Map();
for (const row of parse(readFileSync(process.env.ROSTER_CSV, "utf8"), { columns: true })) {
  const manager = people.get(row["Manager Email"]);
  const opts = manager === undefined ? {} : { dependsOn: [manager] };
  people.set(row.Email, new Developer(row.Email, { record: row }, opts));
}
