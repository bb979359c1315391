import { connect } from "../../provider/sei/client";
import { AS_LIVE, CHANGED, KEY, PEOPLE, WITH_KEY, worldOf } from "../cli/account";
import { start } from "../simulator/support";
import { operations } from "./openapi/description";
import { type Recording, record } from "./recording-proxy";

// Processes take their time on a busy machine.
jest.setTimeout(120_000);

const WITH_IDENTITIES = CHANGED.replace(
  "version: 1",
  "version: 1\nintegrations: { github: { id: 101, applicationType: GITHUB } }",
).replace("nia@example.com: { name: Nia Okafor,", "nia@example.com: { name: Nia Okafor, identities: { github: nia },");

/** The whole life of an account, in commands: each must end with its code. */
async function tour({ url }: Recording, generation: "v2" | "previous"): Promise<void> {
  const files = { "changed.yaml": CHANGED, "identities.yaml": WITH_IDENTITIES };
  const { run } = worldOf({ url }, AS_LIVE, files, { env: { SEI_GENERATION: generation, SEI_ACCOUNT: "acme" } });
  const commands: readonly (readonly [code: number, ...args: string[]])[] = [
    [0, "apply", "roster.yaml", "--yes"],
    [2, "plan", "changed.yaml"],
    [0, "apply", "changed.yaml", "--yes", "--strategy", "upsert", "--backup", "first.json"],
    [2, "drift", "roster.yaml"],
    [0, "apply", "roster.yaml", "--yes", "--strategy", "reupload"],
    [0, "apply", "identities.yaml", "--yes"],
    [0, "restore", "first.json", "--yes"],
    [0, "export"],
    [0, "doctor"],
  ];
  for (const [code, ...args] of commands) {
    const ended = await run(...args);
    expect({ args, ...ended }).toEqual(expect.objectContaining({ code }));
  }
}

/** The operations of a generation. */
function idsOf(tag: string): readonly string[] {
  return operations().flatMap(({ id, tags }) => (tags.includes(tag) ? [id] : []));
}

const account = () =>
  start({
    ...WITH_KEY,
    integrations: [
      { id: 101, type: "GITHUB" },
      { id: 102, type: "JIRA" },
    ],
  });

/** The operations that answered 200. */
const answered = ({ seen }: Recording) => [...seen].flatMap((one) => /^(\w+) 200$/.exec(one)?.[1] ?? []).sort();

/** What a doctor asks on purpose: whether anybody may read, and what a path that does not exist is answered with. */
const ON_PURPOSE = ["getDeveloperSchema: 0 forms of the key", "GET /v2/no-such-path-of-the-api is not described"];

test("whatever the commands send is described, and so is whatever they are answered", async () => {
  const recording = await record(await account());
  await tour(recording, "v2");
  expect(recording.problems).toEqual(ON_PURPOSE);
  expect(answered(recording)).toEqual(expect.arrayContaining(idsOf("current")));
});

test("so it is in the previous generation", async () => {
  const recording = await record(await account());
  await tour(recording, "previous");
  expect(recording.problems).toEqual(ON_PURPOSE);
  const sent = answered(recording);
  expect(idsOf("previous").filter((id) => !sent.includes(id))).toEqual(["uploadCloudIds"]);
});

const MAPPING = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team"] };
const FILTER = { developerRefIds: [2, 3], sortOrder: "desc" } as const;
const EMAILS = { emails: ["ada@example.com", "alan@example.com"] };
const IDENTITIES = [{ email: "ada@example.com", integrationId: 101, identity: "ada", applicationType: "GITHUB" }];

test.each(["v2", "previous"] as const)("so are the functions of the client: %s, and v1", async (generation) => {
  const client = await account();
  await client.setUp();
  const recording = await record(client);
  const sei = connect({ endpoint: recording.url, apiKey: KEY, generation });
  const { api, apiWriter, contributors } = sei;

  // The previous list has no emails in its documented body.
  const filter = generation === "v2" ? { ...FILTER, ...EMAILS } : FILTER;
  await api.listDevelopers({ ...filter, searchKey: "Team", searchValue: "Core", sortKey: "Name", pageIndex: 1 });
  await api.listIdentities({
    ...FILTER,
    ...EMAILS,
    integrationIds: [101],
    searchKey: "identity",
    searchValue: "a",
    sortKey: "email",
  });
  await Promise.all([api.downloadDevelopers(), api.downloadIdentities(), api.schema()]);
  const { versionId } = await apiWriter.upload(PEOPLE);
  await apiWriter.saveFieldMappings(versionId, MAPPING);
  await apiWriter.approve((await apiWriter.reupload(PEOPLE)).versionId);
  await apiWriter.upsert([{ Name: "Nia", Email: "nia@example.com", "Manager Email": null }]);
  await apiWriter.deleteDevelopers(["nia@example.com"]);
  await apiWriter.setIdentities(IDENTITIES);
  // Where JSON is not taken, it is the CSV.
  client.faults.add({ kind: "status", status: 415, times: 1 });
  await sei.writer.setIdentities(IDENTITIES);

  const [first] = await contributors.reader.list({ emails: ["ada@example.com"] });
  if (first === undefined) throw new Error("nobody is listed");
  await contributors.writer.update([{ ...first, fullName: "Ada King", email: "ada.king@example.com" }]);
  await contributors.reader.list({ version: (await contributors.reader.versions())[0]?.version ?? "" });
  await Promise.all([contributors.reader.schema(), contributors.reader.licensed()]);
  await sei.close();

  expect(recording.problems).toEqual([]);
  const sent = answered(recording);
  expect(idsOf(generation === "v2" ? "current" : "previous").filter((id) => !sent.includes(id))).toEqual([]);
  expect(sent).toEqual(expect.arrayContaining([...idsOf("v1")]));
});

test("what is not described is found", async () => {
  const recording = await record(await account());
  const headers = { "x-api-key": KEY, "x-more": "1", "content-type": "application/json" };
  const body = JSON.stringify({ active: true, more: 1 });
  await fetch(`${recording.url}/v2/developers?more=1`, { headers: { ...headers, "content-type": "" } });
  await fetch(`${recording.url}/v2/developers/versions/1`, { method: "PATCH", headers, body });
  expect(recording.problems).toEqual([
    "listDevelopers: the query more",
    "listDevelopers: the header x-more",
    "approveVersion: the header x-more",
    'approveVersion: the body must NOT have additional properties (more): {"active":true,"more":1}',
  ]);
});
