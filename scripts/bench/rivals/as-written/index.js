const { readFileSync } = require("node:fs");
const pulumi = require("@pulumi/pulumi");
const { parse } = require("csv-parse/sync");

// Pulumi serialises this object, with all it uses, into the state of every developer.
const provider = {
  async create(inputs) {
    await this.upsert(inputs);
    return { id: inputs.email, outs: inputs };
  },
  async read(id, props) {
    const query = `emails=${encodeURIComponent(id)}`;
    const { developers } = await this.send("GET", `/v2/developers?${query}`);
    const found = developers.find((developer) => developer.Email.toLowerCase() === id);
    if (found === undefined) return {};
    const { Name, Email, "Manager Email": managerEmail, Role, Team, Site } = found;
    const now = { name: Name, email: Email, managerEmail: managerEmail ?? "", role: Role, team: Team, site: Site };
    return { id, props: { ...props, ...now } };
  },
  async update(_id, _olds, news) {
    await this.upsert(news);
    return { outs: news };
  },
  async delete(id) {
    await this.send("DELETE", "/v2/developers", { emails: [id] });
  },
  upsert({ name, email, managerEmail, role, team, site }) {
    const record = { Name: name, Email: email, "Manager Email": managerEmail, Role: role, Team: team, Site: site };
    return this.send("PATCH", "/v2/developers", [record]);
  },
  async send(method, path, body) {
    const response = await fetch(`${process.env.SEI_ENDPOINT}${path}`, {
      method,
      headers: { "x-api-key": process.env.SEI_API_KEY, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === "" ? {} : JSON.parse(text);
  },
};

class Developer extends pulumi.dynamic.Resource {
  constructor(name, props, opts) {
    super(provider, name, props, opts);
  }
}

// A manager stands before their reports in the file, and must be there before them in the account.
const people = new Map();
for (const row of parse(readFileSync(process.env.ROSTER_CSV, "utf8"), { columns: true })) {
  const props = { name: row.Name, email: row.Email, role: row.Role, team: row.Team, site: row.Site };
  const manager = people.get(row["Manager Email"]);
  const reports = { managerEmail: row["Manager Email"] };
  const opts = manager === undefined ? {} : { dependsOn: [manager] };
  people.set(row.Email, new Developer(row.Email, { ...props, ...reports }, opts));
}
