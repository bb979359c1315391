const { Agent, request } = require("undici");

// One for all resources: the connections are kept.
const dispatcher = new Agent({ connections: 8, pipelining: 1 });

async function send(method, path, body) {
  const { statusCode, body: answer } = await request(`${process.env.SEI_ENDPOINT}${path}`, {
    method,
    dispatcher,
    headers: { "x-api-key": process.env.SEI_API_KEY, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (statusCode >= 300) throw new Error(`${method} ${path}: ${statusCode} ${text}`);
  return text === "" ? {} : JSON.parse(text);
}

/** Pulumi's own properties begin with "__". */
const recordOf = ({ record }) => record;

const isSame = (a, b) => Object.keys({ ...a, ...b }).every((column) => (a[column] ?? "") === (b[column] ?? ""));

module.exports = {
  diff: async (_id, olds, news) => ({ changes: !isSame(recordOf(olds), recordOf(news)) }),
  async create({ record, ...rest }) {
    await send("PATCH", "/v2/developers", [record]);
    return { id: record.Email, outs: { record, ...rest } };
  },
  async read(id, props) {
    const { developers } = await send("GET", `/v2/developers?emails=${encodeURIComponent(id)}`);
    const found = developers.find((developer) => developer.Email.toLowerCase() === id);
    if (found === undefined) return {};
    const record = Object.fromEntries(Object.keys(props.record).map((column) => [column, found[column] ?? ""]));
    return { id, props: { ...props, record } };
  },
  async update(_id, _olds, { record, ...rest }) {
    await send("PATCH", "/v2/developers", [record]);
    return { outs: { record, ...rest } };
  },
  delete: (id) => send("DELETE", "/v2/developers", { emails: [id] }),
};
