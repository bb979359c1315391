import type { ContributorLists } from "../../provider/simulator/account/contributor-lists";
import { endpointsPrevious } from "../../provider/simulator/http/endpoints-previous";
import { endpointsShared } from "../../provider/simulator/http/endpoints-shared";
import { endpointsV1 } from "../../provider/simulator/http/endpoints-v1";
import { endpointsV2 } from "../../provider/simulator/http/endpoints-v2";
import type { Simulation } from "../../provider/simulator/simulation";
import { DIALECTS } from "../../provider/simulator/simulator";
import { type Client, type Got, PEOPLE, type Sent, start } from "../simulator/support";
import { checkAnswer } from "./openapi/check-answer";
import { type Operation, operations } from "./openapi/description";

// Many schemas are compiled on the way.
jest.setTimeout(30_000);

/** Every answer that the description has is brought about once; `send` holds each against the description. */

const KEYS = [
  { key: "simulator" },
  { key: "reader", scopes: ["developer_records:read"] as const },
  { key: "writer", scopes: ["developer_records:write"] as const },
];

const mapping = (name: string, email: string) => [
  { columnName: name, fieldType: "NAME" },
  { columnName: email, fieldType: "EMAIL" },
  { columnName: "Manager Email", fieldType: "MANAGER_EMAIL" },
];
const MAPPING = mapping("Name", "Email");
const OTHER = mapping("Email", "Name");

/** A request that every operation takes, on an account that is set up; versions are put in where they stand as {…}. */
const FINE: Readonly<Record<string, Sent>> = {
  uploadDevelopers: { csv: PEOPLE },
  saveFieldMappings: { json: { fieldMappings: MAPPING } },
  reuploadDevelopers: { csv: PEOPLE },
  approveVersion: { json: { active: true } },
  listDevelopers: {},
  upsertDevelopers: { json: [{ Name: "Ada King", Email: "ada@example.com" }] },
  deleteDevelopers: { json: { emails: ["nobody@example.com"] } },
  getDeveloperSchema: {},
  setIdentities: { json: [{ email: "ada@example.com", integrationId: 1, identity: "ada" }] },
  listIdentities: {},
  previousUpload: { csv: PEOPLE },
  previousSave: { json: { fieldMappings: MAPPING } },
  previousReupload: { csv: PEOPLE },
  previousApprove: {},
  previousList: { json: {} },
  previousDownload: {},
  setCloudIds: {
    json: { integrationUsers: [{ email: "ada@example.com", applicationType: "GITHUB", cloudId: "ada" }] },
  },
  uploadCloudIds: { csv: "email,applicationType,cloudId\nada@example.com,GITHUB,ada\n" },
  contributorVersions: {},
  contributorSchema: {},
  listContributors: { json: {} },
  updateContributors: { json: [{ id: "1", full_name: "Grace Hopper", email: "grace@example.com" }] },
  licensedContributors: { json: {} },
};

const seen = new Set<string>();

async function ask(client: Client, operation: Operation, sent: Sent, version = "none", query = ""): Promise<Got> {
  const path = operation.path.replace(/\{\w+\}/, version);
  const got = await client.send(`${path}${query}`, { ...sent, method: operation.method });
  seen.add(`${operation.id} ${got.status}`);
  return got;
}

function named(id: string): Operation {
  const found = operations().find((operation) => operation.id === id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
}

const isMultipart = ({ body }: Operation) => body?.content["multipart/form-data"] !== undefined;

test("before the setup", async () => {
  const client = await start({ apiKeys: KEYS });
  for (const operation of operations()) await ask(client, operation, FINE[operation.id] ?? {});
});

test("without the key, the scope, the right type, and with what cannot be read", async () => {
  const client = await start({ apiKeys: KEYS });
  await client.setUp();
  for (const operation of operations()) {
    const fine = FINE[operation.id] ?? {};
    await ask(client, operation, { ...fine, key: null });
    await ask(client, operation, { ...fine, key: "reader" });
    await ask(client, operation, { ...fine, key: "writer" });
    await ask(client, operation, { headers: { accept: "image/png" } });
    await ask(client, operation, fine, "none", "?pageIndex=no&page=no&version=no");
    if (operation.body === null) continue;
    await ask(client, operation, { body: "no", headers: { "content-type": "text/plain" } });
    await ask(client, operation, isMultipart(operation) ? { csv: "no\n" } : { json: "no" });
  }
});

test("set up: everything is answered", async () => {
  const client = await start();
  await client.setUp();
  const newest = async (id: string, key: string) => String((await ask(client, named(id), FINE[id] ?? {})).json[key]);
  for (const { id } of operations()) await ask(client, named(id), FINE[id] ?? {});
  for (const [upload, save, reupload, approve, key] of [
    ["uploadDevelopers", "saveFieldMappings", "reuploadDevelopers", "approveVersion", "versionId"],
    ["previousUpload", "previousSave", "previousReupload", "previousApprove", "uploadId"],
  ] as const) {
    const saved = await newest(upload, key);
    await ask(client, named(save), { json: { fieldMappings: [] } }, saved);
    const stale = await newest(reupload, key);
    await ask(client, named(save), FINE[save] ?? {}, saved);
    await ask(client, named(save), { json: { fieldMappings: OTHER } }, saved);
    await ask(client, named(approve), FINE[approve] ?? {}, stale);
    await ask(client, named(approve), FINE[approve] ?? {}, await newest(reupload, key));
  }
  await ask(client, named("contributorSchema"), {}, "", "?version=99");
  await ask(client, named("listContributors"), { json: {} }, "", "?version=99");
  await ask(client, named("updateContributors"), { json: [{ id: "9", full_name: "Nia", email: "nia@example.com" }] });
});

test("no answer of the description is left over", () => {
  const described = operations().flatMap(({ id, responses }) =>
    Object.keys(responses).map((status) => `${id} ${status}`),
  );
  expect(described.filter((one) => !seen.has(one))).toEqual([]);
});

test("every endpoint that the simulator has is described, and no other", async () => {
  // The endpoints are only listed here, not called.
  const simulation = { dialect: DIALECTS.default } as Simulation;
  const endpoints = [
    ...endpointsShared(simulation),
    ...endpointsV2(simulation),
    ...endpointsPrevious(simulation),
    ...endpointsV1(simulation, {} as ContributorLists),
  ].map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`);
  expect(
    operations()
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  ).toEqual(endpoints.sort());
});

test("an answer that is not described is found", () => {
  const asked = { method: "DELETE", path: "/v2/developers" };
  const json = { "content-type": "application/json" };
  const wrong = (status: number, headers: Record<string, string>, body: unknown) =>
    checkAnswer(asked, { status, headers: new Headers(headers), text: JSON.stringify(body) });
  const done = { status: "SUCCESS", deleted: 1, notFound: 0 };
  expect(wrong(200, json, done)).toEqual([]);
  for (const problems of [
    wrong(500, json, done),
    wrong(200, { ...json, "x-more": "1" }, done),
    wrong(200, { "content-type": "text/plain" }, done),
    wrong(200, json, { ...done, more: 1 }),
    wrong(200, json, { status: "SUCCESS", deleted: 1 }),
    wrong(400, json, { status: "FAILURE", errors: [{ errorType: "NEW" }] }),
  ]) {
    expect(problems).toHaveLength(1);
  }
});
