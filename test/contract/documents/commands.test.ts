import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTable } from "../../../provider/sei/codec/csv";
import { readPage } from "../../../provider/sei/codec/list";
import { readReview } from "../../../provider/sei/codec/review";
import { readSchema } from "../../../provider/sei/codec/schema";
import { readVersionId } from "../../../provider/sei/codec/version-id";
import { readContributorPage } from "../../../provider/sei/contributors/page";
import { readContributorSchema } from "../../../provider/sei/contributors/schema";
import { readVersions } from "../../../provider/sei/contributors/versions";
import { type Client, started } from "../../simulator/support";
import { correctionsOf, filled, hasKey } from "./commands";
import { type Sample, samplesOf } from "./documents";
import { type Ran, runCommand } from "./run-command";

// Every command is a process.
jest.setTimeout(30_000);

const hasCurl = (() => {
  try {
    execFileSync("curl", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

/** Skipped without curl, but in CI: a skipped proof is no proof. */
const withCurl = hasCurl || process.env["CI"] === "true" ? test : test.skip;

/** Everybody whom a command names, and the columns that it speaks of; `string` is the sample's own value. */
const PEOPLE = [
  "Name,Email,Manager Email,department,string",
  "Developer,developer@example.com,,Engineering,string",
  "Aaron Phillips,aaron.phillips@company.com,developer@example.com,Engineering,",
  "John Doe,john.doe@example.com,developer@example.com,Sales,",
  "Jane Smith,jane.smith@example.com,developer@example.com,Sales,",
  "",
].join("\n");
const MORE = `${PEOPLE}Nia Okafor,nia@example.com,,Engineering,\n`;

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sei-documents-"));
  for (const name of ["sample_file.csv", "Updated_Developers.csv", "Sample_CSV_for_Importing_Developers.csv"])
    writeFileSync(join(folder, name), MORE);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const KEYS = { apiKeys: [{ key: "simulator" }, { key: "pat.xyz" }] };

const commands = samplesOf("curl");
const nameOf = ({ document, section, text }: Sample, index: number) =>
  `${index + 1}. ${document}, ${section}: ${/(?:\/v[12]\/)[^'"?\s]*/.exec(text)?.[0]}`;

interface Meaning {
  /** What the document says of the answer. */
  readonly says: string;
  readonly holds: (ran: Ran, client: Client) => void;
}

const documented = (message: string): Meaning => ({
  says: message,
  holds: ({ json }) => expect(json).toEqual({ status: "success", message }),
});

const SCHEMA: Meaning = {
  says: "the latest developer field mappings (schema) for the account",
  holds: (ran) =>
    expect(readSchema(ran)?.mapping).toEqual({
      name: "Name",
      email: "Email",
      managerEmail: "Manager Email",
      attributes: ["department", "string"],
    }),
};
const REVIEW: Meaning = {
  says: "returns review data showing changes",
  holds: (ran) => {
    expect(readReview(ran)).toMatchObject({ added: 1, updated: 0, removed: 0 });
    expect(readVersionId(ran)).not.toBe("");
  },
};
const IN_FORCE: Meaning = {
  says: "activates the new developer dataset",
  holds: (_, client) => expect(client.emails()).toContain("nia@example.com"),
};
const DOWNLOAD: Meaning = {
  says: "a CSV file containing all developers currently in the system",
  holds: (ran) => expect(readTable(ran).rows).toHaveLength(4),
};
const JSON_IDENTITIES = documented("Developer identities updated successfully.");
const CSV_IDENTITIES = documented("CSV processed and developer identities updated successfully.");

/** What each of the commands is for, in the order of the documents. */
const MEANINGS: readonly Meaning[] = [
  SCHEMA,
  {
    says: "a preview with field mappings and validation errors. Response includes `versionId`",
    holds: (ran) => {
      expect(readVersionId(ran)).not.toBe("");
      expect(ran.json).toMatchObject({ fieldMappings: expect.any(Array), errors: [], totalDevelopers: 5 });
    },
  },
  REVIEW,
  IN_FORCE,
  {
    says: "filtered/sorted list of developers",
    holds: (ran) => expect(readPage(ran)).toMatchObject({ records: [{}, {}], total: 2 }),
  },
  DOWNLOAD,
  REVIEW,
  IN_FORCE,
  {
    says: "add new developers or update existing ones",
    holds: (_, client) => expect(client.emails()).toContain("jane@example.com"),
  },
  {
    says: "delete developers by their email addresses",
    holds: (_, client) => expect(client.emails()).toEqual(["developer@example.com", "aaron.phillips@company.com"]),
  },
  {
    says: "search developers with filtering and sorting options",
    holds: (ran) => expect(readPage(ran)).toMatchObject({ records: [], total: 0 }),
  },
  SCHEMA,
  DOWNLOAD,
  JSON_IDENTITIES,
  CSV_IDENTITIES,
  JSON_IDENTITIES,
  CSV_IDENTITIES,
  CSV_IDENTITIES,
  {
    says: '"records", "count", "_metadata"',
    holds: (ran) => {
      const page = readContributorPage(ran);
      expect(readVersions(page.records, ran)).toHaveLength(page.total ?? -1);
      expect(Object.keys(ran.json ?? {}).sort()).toEqual(["_metadata", "count", "records"]);
    },
  },
  {
    says: '"version", "created_at", "fields"',
    holds: (ran) => {
      expect(readContributorSchema(ran).fields.map(({ key }) => key)).toContain("full_name");
      expect(Object.keys(ran.json ?? {}).sort()).toEqual(["created_at", "fields", "version"]);
    },
  },
];

test("the documents have twenty commands", () => {
  expect(commands).toHaveLength(20);
  expect(MEANINGS).toHaveLength(20);
  expect(commands.filter((command) => correctionsOf(command).length > 0)).toHaveLength(3);
  expect(commands.filter((command) => !hasKey(command))).toHaveLength(7);
});

async function account(text: string): Promise<{ readonly client: Client; readonly version: string }> {
  const client = await started(KEYS, PEOPLE);
  writeFileSync(join(folder, "sample_developer.csv"), identitiesFor(text));
  const { json } = await client.reupload(MORE);
  client.resetRequests();
  return { client, version: json.versionId };
}

/** The documents name no columns: those of each generation. */
function identitiesFor(text: string): string {
  return text.includes("cloud-ids")
    ? "email,applicationType,cloudId\ndeveloper@example.com,CUSTOM,dev\n"
    : "email,integrationId,identity\ndeveloper@example.com,1,dev\n";
}

withCurl.each(commands.map((sample, index) => ({ name: nameOf(sample, index), sample, index })))(
  "$name",
  async ({ sample, index }) => {
    const { client, version } = await account(sample.text);
    const fill = (text: string) => filled(text, { origin: client.origin, folder, version });
    const asItStands = await runCommand(fill(sample.text), folder, client.requests);
    const corrections = correctionsOf(sample);
    let ran = asItStands;
    if (corrections.length > 0) {
      // The shell, or curl, cannot read it, nor with all corrections but one: nothing was sent.
      for (const left of corrections) {
        const others = corrections.filter((one) => one !== left).reduce((text, { put }) => put(text), sample.text);
        const { code } = await runCommand(fill(others), folder, client.requests);
        expect({ without: left.what, isFine: code === 0 }).toEqual({ without: left.what, isFine: false });
      }
      expect([asItStands.code === 0, client.requests()]).toEqual([false, []]);
      const corrected = corrections.reduce((text, { put }) => put(text), sample.text);
      ran = await runCommand(fill(corrected), folder, client.requests);
    }
    if (!hasKey(sample)) {
      expect([ran.status, ran.problems]).toEqual([401, []]);
      const corrected = corrections.reduce((text, { put }) => put(text), sample.text);
      ran = await runCommand(fill(corrected), folder, client.requests, ['header = "x-api-key: simulator"']);
    }
    expect({ code: ran.code, status: ran.status, problems: ran.problems, text: ran.text }).toEqual({
      code: 0,
      status: 200,
      problems: [],
      text: ran.text,
    });
    MEANINGS[index]?.holds(ran, client);
  },
);
