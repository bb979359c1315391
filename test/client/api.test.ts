import {
  connect,
  type Generation,
  NotFoundError,
  SetupRequiredError,
  ValidationError,
} from "pulumi-harness-sei/client";
import { type Client, PEOPLE, start, started } from "../simulator/support.js";
import { DIALECT_NAMES } from "../sync/crowd.js";

jest.setTimeout(30_000);

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

function connected({ url }: Client, generation: Generation = "v2") {
  const client = connect({ endpoint: url, apiKey: "simulator", account: "any", generation, rereadMs: [60, 60] });
  open.push(client.close);
  return client;
}

const MAPPING = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team"] };
const lines = (account: Client) =>
  account.requests().map(({ method, path, query }) => `${method} ${path}${decodeURIComponent(query)}`);
const settled = ({ dialect }: Client) => new Promise((resolve) => setTimeout(resolve, 2 * dialect.readDelayMs));

describe.each(DIALECT_NAMES)("%s", (dialect) => {
  test("setup, reads, a re-upload, identities and a deletion, one by one", async () => {
    const account = await start({ dialect });
    const { api, apiWriter } = connected(account);
    const before = await api.schema().catch((error: unknown) => error);
    expect(before === null || before instanceof NotFoundError || before instanceof SetupRequiredError).toBe(true);

    const { versionId } = await apiWriter.upload(PEOPLE);
    await apiWriter.saveFieldMappings(versionId, MAPPING);
    await settled(account);
    expect(await api.schema()).toEqual(MAPPING);
    const { records, total } = await api.listDevelopers({ pageSize: 2 });
    expect([records.length, total === null || total === 3]).toEqual([2, true]);
    const second = await api.listDevelopers({ pageIndex: 1, pageSize: 2 });
    expect(second.records.length).toBe(1);
    expect((await api.downloadDevelopers()).rows.length).toBe(3);

    await apiWriter.setIdentities([{ email: "ada@example.com", integrationId: 101, identity: "ada" }]);
    await apiWriter.setIdentitiesCsv("email,integrationId,identity\nalan@example.com,101,alan\n");
    await settled(account);
    const all = await api.downloadIdentities();
    expect(all.map(({ identity }) => identity).sort()).toEqual(["ada", "alan"]);
    const { identities } = await api.listIdentities({ emails: ["ada@example.com"] });
    expect(identities).toContainEqual({ email: "ada@example.com", integrationId: 101, identity: "ada" });

    const review = await apiWriter.reupload(`${PEOPLE}Nia,nia@example.com,ada@example.com,Core\n`);
    await apiWriter.approve(review.versionId);
    expect(account.emails()).toContain("nia@example.com");
    await apiWriter.deleteDevelopers(["nia@example.com"]);
    expect(account.emails()).not.toContain("nia@example.com");
  });
});

test("the previous generation, by the same functions", async () => {
  const account = await start();
  const { api, apiWriter } = connected(account, "previous");
  const { versionId } = await apiWriter.upload(PEOPLE);
  await apiWriter.saveFieldMappings(versionId, MAPPING);
  const found = await api.listDevelopers({ searchKey: "Team", searchValue: "Payments", sortKey: "Name", pageSize: 1 });
  expect([found.records.length, found.total]).toEqual([1, 2]);
  const [first] = (await api.listDevelopers({ pageSize: 1 })).records;
  const again = await api.listDevelopers({ developerRefIds: [String(first?.["developerRefId"])] });
  expect(again.records).toEqual([first]);
  await expect(api.listDevelopers({ emails: ["ada@example.com"] })).rejects.toThrow("has no filter by emails");
  expect((await api.downloadDevelopers()).rows.length).toBe(3);
  await apiWriter.setIdentities([
    { email: "ada@example.com", integrationId: 101, identity: "ada", applicationType: "GITHUB" },
  ]);
  const paths = new Set(lines(account).map((line) => line.replace(/[0-9a-f-]{2,}(?=\/)|\?.*/g, "")));
  expect([...paths]).toEqual(
    expect.arrayContaining(["POST /v2/developers/upload", "POST /v2/developers/list", "GET /v2/developers/download"]),
  );
});

test("every documented parameter goes under its name", async () => {
  const account = await started();
  const { api } = connected(account);
  account.resetRequests();
  await api.listDevelopers({
    emails: ["ada@example.com", "alan@example.com"],
    developerRefIds: [1, 2],
    searchKey: "Team",
    searchValue: "Payments",
    sortKey: "Name",
    sortOrder: "desc",
    pageIndex: 0,
    pageSize: 10,
  });
  await api.listIdentities({ integrationIds: [101], pageIndex: 2 });
  await api.listDevelopers();
  expect(lines(account)).toEqual([
    "GET /v2/developers?emails=ada@example.com&emails=alan@example.com&developerRefIds=1&developerRefIds=2&searchKey=Team&searchValue=Payments&sortKey=Name&sortOrder=desc&pageIndex=0&pageSize=10",
    "GET /v2/developers/identities?integrationIds=101&pageIndex=2",
    "GET /v2/developers?pageIndex=0",
  ]);
});

test("what is refused is an error of its own, and what an upload says of its rows is no error", async () => {
  const account = await started();
  const { apiWriter } = connected(account);
  const preview = await apiWriter.upload("Name,Email,Manager Email\nAda,ada@example.com,mo@example.com\n");
  expect(preview.errors.map(({ errorType }) => errorType)).toEqual(["MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS"]);
  await expect(apiWriter.upsert([{ Email: "nia@example.com", Name: "" }])).rejects.toThrow(ValidationError);
  await expect(apiWriter.approve("no-such-version")).rejects.toThrow(NotFoundError);
  const fresh = connected(await start());
  await expect(fresh.apiWriter.reupload(PEOPLE)).rejects.toThrow(SetupRequiredError);
  await expect(fresh.apiWriter.upsert([{ Email: "nia@example.com", Name: "Nia" }])).rejects.toThrow(SetupRequiredError);
});
