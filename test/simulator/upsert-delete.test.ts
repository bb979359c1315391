import { start, started } from "./support.js";

const types = (json: { errors: { errorType: string; errorDeveloperCount: number }[] }) =>
  json.errors.map(({ errorType, errorDeveloperCount }) => [errorType, errorDeveloperCount]);

test("an upsert adds and updates; a field that it does not name keeps its value, null and blank clear", async () => {
  const sei = await started();
  const { status, json } = await sei.upsert([
    { Name: "Linus", Email: "LINUS@example.com ", "Manager Email": "Grace@Example.com" },
    { email: "ada@example.com", name: "Ada King" },
    { Email: "alan@example.com", Team: null, "Manager Email": "" },
  ]);
  expect([status, json]).toEqual([200, { status: "SUCCESS", created: 1, updated: 2 }]);
  expect(sei.state().developers.map(({ refId, ...rest }) => [refId, Object.values(rest)])).toEqual([
    [1, ["grace@example.com", "Grace Hopper", "", { Team: "Core" }]],
    [2, ["ada@example.com", "Ada King", "grace@example.com", { Team: "Payments" }]],
    [3, ["alan@example.com", "Alan Turing", "", { Team: "" }]],
    [4, ["linus@example.com", "Linus", "grace@example.com", { Team: "" }]],
  ]);
});

test("managers may come in the same batch, in any order; a swap is possible", async () => {
  const sei = await started();
  const both = await sei.upsert([
    { Name: "Report", Email: "report@example.com", "Manager Email": "boss@example.com" },
    { Name: "Boss", Email: "boss@example.com" },
  ]);
  expect(both.status).toBe(200);
  const swap = await sei.upsert([
    { Email: "boss@example.com", "Manager Email": "report@example.com" },
    { Email: "report@example.com", "Manager Email": "" },
  ]);
  expect(swap.status).toBe(200);
});

test("all errors of a batch at once, and nothing saved", async () => {
  const sei = await started();
  const before = sei.state();
  const failed = await sei.upsert([
    { Name: "Good", Email: "good@example.com" },
    { Name: " ", Email: "nameless@example.com" },
    { Name: "Nobody" },
    { Name: "Twice", Email: "twice@example.com" },
    { Name: "Twice", Email: "TWICE@example.com" },
    { Email: "grace@example.com", "Manager Email": "alan@example.com" },
    { Email: "good2@example.com", Name: "x", "Manager Email": "lost@example.com" },
  ]);
  expect(failed.status).toBe(400);
  expect(types(failed.json)).toEqual([
    ["REQUIRED_VALUE_MISSING", 1],
    ["REQUIRED_VALUE_MISSING", 1],
    ["DUPLICATE_EMAIL", 2],
    ["CIRCULAR_REFERENCE", 3],
    ["MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS", 1],
  ]);
  expect(sei.state()).toEqual(before);
});

test("clearing a name is REQUIRED_VALUE_MISSING with the whole record as a sample", async () => {
  const sei = await started();
  expect((await sei.upsert([{ Email: "ada@example.com", Name: "" }])).json.errors).toEqual([
    {
      errorType: "REQUIRED_VALUE_MISSING",
      fieldName: "Name",
      errorDeveloperCount: 1,
      sampleErrorDevelopers: [
        { Name: "", Email: "ada@example.com", "Manager Email": "grace@example.com", Team: "Payments" },
      ],
    },
  ]);
});

test.each<[string, unknown]>([
  ["an object", { Name: "Ada" }],
  ["a list of strings", ["ada@example.com"]],
  ["a number as a value", [{ Email: "ada@example.com", Team: 7 }]],
  ["a nested value", [{ Email: "ada@example.com", attributes: { Team: "x" }, Team: ["x"] }]],
])("%s is a bad request", async (_, json) => {
  const sei = await started();
  expect((await sei.upsert(json)).status).toBe(400);
});

test("a body that is no JSON, or is called something else", async () => {
  const sei = await started();
  const patch = (body: string, type: string) =>
    sei.send("/v2/developers", { method: "PATCH", body, headers: { "content-type": type } });
  expect((await patch("[{", "application/json")).status).toBe(400);
  expect((await patch("[]", "text/plain")).status).toBe(415);
  expect((await patch("[]", "application/json; charset=utf-8")).status).toBe(200);
});

test("a delete by email; unknown emails are counted; identities go with their developer; ids are not used again", async () => {
  const sei = await started();
  await sei.identify([{ email: "alan@example.com", integrationId: 1, identity: "alan" }]);
  const { status, json } = await sei.remove("ALAN@example.com", "nobody@example.com");
  expect([status, json]).toEqual([200, { status: "SUCCESS", deleted: 1, notFound: 1 }]);
  expect(sei.emails()).toEqual(["grace@example.com", "ada@example.com"]);
  await sei.upsert([{ Name: "Alan", Email: "alan@example.com" }]);
  expect(sei.state().developers[2]?.refId).toBe(4);
  expect(sei.state().identities).toEqual([]);
});

test("a delete that would orphan reports is refused whole; together with the reports it is not", async () => {
  const sei = await started();
  const failed = await sei.remove("ada@example.com");
  expect([failed.status, types(failed.json)]).toEqual([400, [["MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS", 1]]]);
  expect(failed.json.errors[0].sampleErrorDevelopers[0].Email).toBe("alan@example.com");
  expect(sei.emails()).toHaveLength(3);
  expect((await sei.remove("ada@example.com", "alan@example.com")).status).toBe(200);
});

test("an email given twice is DUPLICATE_EMAIL in a delete too", async () => {
  const sei = await started();
  const failed = await sei.remove("alan@example.com", " Alan@example.com");
  expect([failed.status, types(failed.json)]).toEqual([400, [["DUPLICATE_EMAIL", 2]]]);
  expect(sei.emails()).toHaveLength(3);
});

test("a delete with another body, of nobody, and before the setup", async () => {
  const sei = await started();
  const remove = (json: unknown) => sei.send("/v2/developers", { method: "DELETE", json });
  for (const body of [["ada@example.com"], {}, { emails: "ada@example.com" }, { emails: [1] }]) {
    expect((await remove(body)).status).toBe(400);
  }
  expect((await sei.send("/v2/developers", { method: "DELETE" })).status).toBe(415);
  expect((await remove({ emails: [] })).status).toBe(200);
  expect((await (await start()).remove("ada@example.com")).status).toBe(412);
});
