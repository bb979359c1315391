import { type Client, started } from "./support.js";

/** The tabs "Previous" of the cloud ids' document. */
const PATH = "/v2/developers/cloud-ids";
const GITHUB = { id: 7, type: "GITHUB" } as const;
const CLOUD = { id: 9, type: "BITBUCKET_CLOUD" } as const;
const ada = (applicationType: string, cloudId = "ada-1") => ({ email: "ada@example.com", applicationType, cloudId });
const set = (sei: Client, ...integrationUsers: object[]) =>
  sei.send(PATH, { method: "POST", json: { integrationUsers } });
const held = (sei: Client) => sei.state().identities.map(({ integrationId, identity }) => [integrationId, identity]);
const DONE = { status: "success", message: "Developer identities updated successfully." };
const WRONG = { status: "error", message: "Invalid payload or missing authorization." };

test("the documented example: two types, and what the current generation then reads", async () => {
  const sei = await started({ integrations: [CLOUD, { id: 12, type: "CUSTOM" }] });
  const grace = { email: "grace@example.com", applicationType: "CUSTOM", cloudId: "jane.doe-internal" };
  const got = await set(sei, ada("BITBUCKET_CLOUD", "dev123-cloud"), grace);
  expect([got.status, got.json]).toEqual([200, DONE]);
  expect((await sei.send("/v2/developers/identities")).json.identities).toEqual([
    { email: "ada@example.com", integrationId: 9, identity: "dev123-cloud" },
    { email: "grace@example.com", integrationId: 12, identity: "jane.doe-internal" },
  ]);
});

test("a CSV, in any order of its columns", async () => {
  const sei = await started({ integrations: [GITHUB] });
  const upload = (csv: string) => sei.send(`${PATH}/upload`, { method: "POST", csv });
  const got = await upload("cloudId,email,applicationType\noctocat,Ada@example.com,GITHUB\n");
  expect([got.status, got.json]).toEqual([
    200,
    { status: "success", message: "CSV processed and developer identities updated successfully." },
  ]);
  expect(held(sei)).toEqual([[7, "octocat"]]);
  const wrong = { status: "error", message: "Invalid file format or missing authorization." };
  for (const csv of ["email,integrationId,identity\na,1,b\n", 'email,"', "email,applicationType,cloudId\na,NOPE,b\n"]) {
    expect(await upload(csv)).toMatchObject({ status: 400, json: wrong });
  }
  expect((await sei.send(`${PATH}/upload`, { method: "POST", json: {} })).status).toBe(415);
});

test.each([
  [[]],
  [{}],
  [{ integrationUsers: {} }],
  [{ integrationUsers: [1] }],
  [{ integrationUsers: [{ email: "ada@example.com", applicationType: "GITHUB" }] }],
  [{ integrationUsers: [{ email: "ada@example.com", applicationType: "github", cloudId: "x" }] }],
  [{ integrationUsers: [{ email: "ada@example.com", applicationType: "toString", cloudId: "x" }] }],
  [{ integrationUsers: [{ email: "ada@example.com", applicationType: "GITHUB", cloudId: 1 }] }],
  [{ integrationUsers: [{ email: "ada@example.com", applicationType: "GITHUB", cloudId: " " }] }],
])("%j is refused in the documented words", async (json) => {
  const sei = await started();
  const got = await sei.send(PATH, { method: "POST", json });
  expect([got.status, got.json]).toEqual([400, WRONG]);
});

test("a wrong one among many, or somebody unknown, sets nothing", async () => {
  const sei = await started();
  expect((await set(sei, ada("GITHUB"), ada("NOPE"))).status).toBe(400);
  expect((await set(sei, ada("GITHUB"), { ...ada("GITHUB"), email: "nobody@example.com" })).status).toBe(400);
  expect(held(sei)).toEqual([]);
});

test.each<[string, Record<string, string>, string]>([
  ["X-Api-Key", { "X-Api-Key": "simulator" }, PATH],
  ["Authorization: pat.xyz", { Authorization: "simulator" }, `${PATH}/upload`],
  ["Authorization: Bearer", { Authorization: "Bearer simulator" }, `${PATH}/upload`],
])("the key as the documents send it: %s", async (_, headers, path) => {
  const sei = await started();
  const sent = path === PATH ? { json: { integrationUsers: [ada("GITHUB")] } } : { csv: csvOf("GITHUB") };
  expect((await sei.send(path, { method: "POST", key: null, headers, ...sent })).status).toBe(200);
  expect(await sei.send(path, { method: "POST", key: null, ...sent })).toMatchObject({ status: 401, json: WRONG });
});

test("without a list of integrations, every type has one of its own, always the same", async () => {
  const sei = await started();
  await set(sei, ada("GITHUB", "a"), ada("CUSTOM", "b"), ada("GITHUB", "c"));
  const [first] = held(sei);
  expect(held(sei)).toEqual([first, [expect.any(Number), "b"]]);
  expect(first?.[1]).toBe("c");
  const other = await started();
  await other.send(`${PATH}/upload`, { method: "POST", csv: csvOf("GITHUB") });
  expect(held(other)).toEqual([[first?.[0], "octocat"]]);
});

test("an integration that was made for a type is one for the current generation as well, others are not", async () => {
  const sei = await started({ integrations: [GITHUB] });
  await set(sei, ada("CUSTOM", "b"));
  const integrationId = held(sei)[0]?.[0];
  const put = async (id: unknown) =>
    (await sei.identify([{ email: "ada@example.com", integrationId: id, identity: "b2" }])).status;
  expect([await put(integrationId), await put(7), await put(1001), await put(8)]).toEqual([200, 200, 400, 400]);
});

function csvOf(type: string): string {
  return `email,applicationType,cloudId\nada@example.com,${type},octocat\n`;
}
