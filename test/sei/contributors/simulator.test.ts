import { connect, type SeiClient } from "../../../provider/sei/client";
import type { Contributor } from "../../../provider/sei/contributors/contributor";
import { ContributorNotFoundError, ContributorsMissingError, UnprovenListError } from "../../../provider/sei/errors";
import { DIALECTS, type DialectName, type SimulatorOptions } from "../../../provider/simulator/simulator";
import { type Client, started } from "../../simulator/support";

const clients: SeiClient[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

function clientOf({ url, dialect }: Client): SeiClient {
  const client = connect({
    endpoint: url,
    apiKey: "simulator",
    account: dialect.accountHeader === "required" ? "acc-1" : undefined,
    retry: { attempts: 2, baseMs: 1 },
    rereadMs: [1, 1],
  });
  clients.push(client);
  return client;
}

/** Both kinds of dialect have somebody: the developers of v2, or a list of its own. */
function given(dialect: DialectName, count: number): SimulatorOptions & { readonly csv: string } {
  const settled = { ...DIALECTS[dialect], readDelayMs: 0, danglingUsers: 3 };
  const people = Array.from({ length: count }, (_, at) => ({
    name: `Person ${at + 1}`,
    email: `p${at + 1}@example.com`,
  }));
  const csv = ["Name,Email,Manager Email,Team", ...people.map(({ name, email }) => `${name},${email},,Core`), ""].join(
    "\n",
  );
  const contributors = people.map(({ name, email }, at) => ({
    id: String(at + 1),
    fullName: name,
    email,
    additionalFields: { team: "Core" },
  }));
  return { dialect: settled, csv, ...(settled.contributors === "apart" ? { contributors } : {}) };
}

async function account(dialect: DialectName, count: number) {
  const { csv, ...options } = given(dialect, count);
  const simulator = await started(options, csv);
  const { contributors } = clientOf(simulator);
  return { simulator, ...contributors };
}

const WITH_V1 = (Object.keys(DIALECTS) as DialectName[]).filter((name) => DIALECTS[name].contributors !== "none");
const PUT = { match: { method: "PUT", path: "/v1/org/users" }, times: 1 } as const;

test("a dialect without v1 says so in every call", async () => {
  const name = (Object.keys(DIALECTS) as DialectName[]).find((one) => DIALECTS[one].contributors === "none") ?? "terse";
  const { reader } = await account(name, 2);
  for (const read of [reader.list(), reader.schema(), reader.versions(), reader.licensed()]) {
    await expect(read).rejects.toBeInstanceOf(ContributorsMissingError);
  }
});

describe.each(WITH_V1)("dialect %s", (dialect) => {
  test("everybody is listed once, whatever the pages, and nobody who is nobody's", async () => {
    const { reader } = await account(dialect, 230);
    const listed = await reader.list();
    expect(listed.map(({ email }) => email)).toEqual(Array.from({ length: 230 }, (_, at) => `p${at + 1}@example.com`));
    expect(new Set(listed.map(({ id }) => id)).size).toBe(230);
    expect(listed[0]).toMatchObject({ fullName: "Person 1", additionalFields: { team: "Core" } });
    const two = await reader.list({ emails: ["P7@example.com", "p9@example.com", "nobody@example.com"] });
    expect(two.map(({ email }) => email)).toEqual(["p7@example.com", "p9@example.com"]);
  });

  test("schema, versions and licences", async () => {
    const { reader } = await account(dialect, 3);
    const { fields } = await reader.schema();
    expect(fields.map(({ key }) => key)).toEqual(expect.arrayContaining(["full_name", "email", "team"]));
    const versions = await reader.versions();
    expect(versions.length).toBeGreaterThan(0);
    const numbers = versions.map(({ version }) => Number(version));
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
    if (DIALECTS[dialect].contributorVersions === "source") expect(versions[0]?.active).toBe(true);
    expect((await reader.licensed()).contributors).toEqual([]);
  });

  test("a rename keeps the id and everything else, and makes a version", async () => {
    const { reader, writer } = await account(dialect, 3);
    const before = await reader.list();
    const count = (await reader.versions()).length;
    const second = before[1] as Contributor;
    await writer.update([{ ...second, email: "new@example.com" }]);
    const after = await reader.list();
    const told = ({ id, email, fullName, additionalFields }: Contributor) => ({
      id,
      email,
      fullName,
      additionalFields,
    });
    expect(after.map(told)).toEqual(
      before.map((one) => told(one.id === second.id ? { ...one, email: "new@example.com" } : one)),
    );
    expect((await reader.versions()).length).toBe(count + 1);
  });

  test.each(["reset", "resetAfter", "truncated", "cut", "html"] as const)(
    "%s: it is done once, and sent no more than is needed",
    async (kind) => {
      const { simulator, reader, writer } = await account(dialect, 3);
      const [first] = (await reader.list()) as [Contributor];
      const count = (await reader.versions()).length;
      simulator.faults.add({ kind, ...PUT });
      await writer.update([{ ...first, fullName: "New Name" }]);
      expect((await reader.list({ emails: [first.email] }))[0]?.fullName).toBe("New Name");
      expect((await reader.versions()).length).toBe(count + 1);
    },
  );

  test("pages that have lost, doubled or shifted people are an error", async () => {
    const { simulator, reader } = await account(dialect, 30);
    for (const kind of ["shortPage", "doubledPage"] as const) {
      simulator.faults.add({ kind, match: { path: "/v1/org/users/list" } });
      await expect(reader.list()).rejects.toBeInstanceOf(UnprovenListError);
      simulator.faults.clear();
    }
    expect(await reader.list()).toHaveLength(30);
  });
});

test("an id of nobody: the documented 404", async () => {
  const { reader, writer } = await account("default", 3);
  const [first] = (await reader.list()) as [Contributor];
  const ghost = { ...first, id: "77", email: "ghost@example.com", raw: { ...first.raw, id: "77" } };
  await expect(writer.update([ghost])).rejects.toBeInstanceOf(ContributorNotFoundError);
});
