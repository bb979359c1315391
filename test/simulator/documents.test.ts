import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { PEOPLE, start, started } from "./support.js";

/** The examples of both documents, tab "Current (v2)", with only host, key, version and emails put in. */
const shell = promisify(execFile);
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sei-documents-"));
  await writeFile(join(folder, "sample_file.csv"), PEOPLE);
  await writeFile(join(folder, "Updated_Developers.csv"), PEOPLE.replace("Ada Lovelace", "Ada King"));
  await writeFile(join(folder, "sample_developer.csv"), "email,integrationId,identity\nada@example.com,1,ada_123\n");
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function curl(origin: string, example: string): Promise<{ status: number; body: string }> {
  const command = example
    .replaceAll("https://app.harness.io", origin)
    .replaceAll("<YOUR_API_KEY>", "simulator")
    .replace("curl", "curl -s -w '\\n%{http_code}'");
  const { stdout } = await shell("bash", ["-c", command], { cwd: folder });
  const end = stdout.lastIndexOf("\n");
  return { status: Number(stdout.slice(end + 1)), body: stdout.slice(0, end) };
}

test("upload, reupload and approve", async () => {
  const sei = await start();
  const upload = await curl(
    sei.origin,
    `curl -X POST \\
  'https://app.harness.io/prod1/sei/api/v2/developers' \\
  -H "accept: application/json" \\
  -H "x-api-key: <YOUR_API_KEY>" \\
  -F "file=@sample_file.csv;type=text/csv"`,
  );
  expect([upload.status, JSON.parse(upload.body).totalDevelopers]).toEqual([200, 3]);
  await sei.setUp();
  const reupload = await curl(
    sei.origin,
    `curl -X PUT \\
  'https://app.harness.io/prod1/sei/api/v2/developers' \\
  -H "accept: application/json" \\
  -H "x-api-key: <YOUR_API_KEY>" \\
  -F "file=@Updated_Developers.csv;type=text/csv"`,
  );
  const { versionId, updated } = JSON.parse(reupload.body);
  expect([reupload.status, updated.length]).toEqual([200, 1]);
  const approve = await curl(
    sei.origin,
    `curl -X PATCH \\
  'https://app.harness.io/prod1/sei/api/v2/developers/versions/${versionId}' \\
  -H "accept: application/json" \\
  -H "x-api-key: <YOUR_API_KEY>" \\
  -H "Content-Type: application/json" \\
  -d '{"active": true}'`,
  );
  expect(approve.status).toBe(200);
  expect(sei.state().developers[1]?.name).toBe("Ada King");
});

test("list, download and schema", async () => {
  const sei = await started({}, PEOPLE.replace("Team", "department").replaceAll("Payments", "Engineering"));
  const list = await curl(
    sei.origin,
    `curl -X GET \\
  'https://app.harness.io/prod1/sei/api/v2/developers?searchKey=department&searchValue=Engineering&pageIndex=0&pageSize=50' \\
  -H "accept: application/json" \\
  -H "x-api-key: <YOUR_API_KEY>"`,
  );
  expect(JSON.parse(list.body).totalCount).toBe(2);
  const download = await curl(
    sei.origin,
    `curl -X GET \\
  'https://app.harness.io/prod1/sei/api/v2/developers' \\
  -H "accept: text/csv" \\
  -H "x-api-key: <YOUR_API_KEY>"`,
  );
  expect(download.body.split("\n")).toHaveLength(5);
  const schema = await curl(
    sei.origin,
    `curl -X GET \\
     "https://app.harness.io/gateway/sei/api/v2/developers/schema" \\
     -H "x-api-key: <YOUR_API_KEY>"`,
  );
  expect(JSON.parse(schema.body).fieldMappings).toHaveLength(4);
});

test("upsert and delete, whose examples have no key and an unfinished body", async () => {
  const sei = await started();
  const upsert = await curl(
    sei.origin,
    `curl -X 'PATCH' \\
  'https://app.harness.io/prod1/sei/api/v2/developers' \\
  -H 'accept: */*' -H 'x-api-key: <YOUR_API_KEY>' \\
  -H 'Content-Type: application/json' \\
  -d '[
  {
    "Name": "Jane Smith",
    "Email": "jane.smith@example.com",
    "Team": "Core"
  }]'`,
  );
  expect([upsert.status, sei.emails().length]).toEqual([200, 4]);
  const remove = await curl(
    sei.origin,
    `curl -X 'DELETE' \\
  'https://app.harness.io/prod1/sei/api/v2/developers' \\
  -H 'accept: */*' -H 'x-api-key: <YOUR_API_KEY>' \\
  -H 'Content-Type: application/json' \\
  -d '{
  "emails": [
    "john.doe@example.com",
    "jane.smith@example.com"
  ]}'`,
  );
  expect([remove.status, sei.emails().length]).toEqual([200, 3]);
});

test("identities as JSON and as CSV", async () => {
  const sei = await started();
  const json = await curl(
    sei.origin,
    `curl -X PATCH \\
  'https://app.harness.io/prod1/sei/api/v2/developers/identities' \\
  -H "accept: application/json" \\
  -H "x-api-key: <YOUR_API_KEY>" \\
  -H "Content-Type: application/json" \\
  -d '[
    {
      "email": "ada@example.com",
      "integrationId": 123,
      "identity": "bitbucket-user-123"
    }
  ]'`,
  );
  expect([json.status, JSON.parse(json.body).status]).toEqual([200, "success"]);
  const csv = await curl(
    sei.origin,
    `curl -X PATCH \\
  'https://app.harness.io/prod1/sei/api/v2/developers/identities' \\
  -H "x-api-key: <YOUR_API_KEY>" \\
  -F 'file=@"sample_developer.csv"'`,
  );
  expect(JSON.parse(csv.body)).toEqual({
    status: "success",
    message: "CSV processed and developer identities updated successfully.",
  });
  expect(sei.state().identities.map(({ identity }) => identity)).toEqual(["ada_123", "bitbucket-user-123"]);
});
