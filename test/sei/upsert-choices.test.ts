import { connect, type SeiClient } from "../../provider/sei/client.js";
import { PartialWriteError, UpsertAddedColumnsError, ValidationError } from "../../provider/sei/errors.js";
import { type Dialect, type Simulator, startSimulator } from "../../provider/simulator/simulator.js";

const MAPPING = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team", "Site"] };
const person = (who: string, manager = "") => ({
  email: `${who}@x.io`,
  name: `N ${who}`,
  managerEmail: manager === "" ? "" : `${manager}@x.io`,
  attributes: { Team: "T", Site: "S" },
});

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

/** An account with grace in it. */
async function account(dialect: Partial<Dialect>): Promise<{ readonly sei: Simulator; readonly client: SeiClient }> {
  const sei = await startSimulator({ dialect });
  const connected = () => connect({ endpoint: sei.url, apiKey: "simulator", rereadMs: [5, 10], retry: { baseMs: 1 } });
  const client = connected();
  open.push({ close: () => client.close().then(() => sei.stop()) });
  await client.writer.saveFieldMapping(await client.writer.upload([person("grace")], MAPPING), MAPPING);
  await client.reader.readRoster({ identities: false });
  sei.resetRequests();
  return { sei, client };
}

const upserts = ({ requests }: Simulator) => requests().filter(({ method }) => method === "PATCH").length;

test("a server that makes columns of unknown keys: one record, the columns named, no other key tried", async () => {
  const { sei, client } = await account({ upsertUnknownKey: "extend", upsertKeys: "camel", recordKeys: "snake" });
  const error = await client.writer.upsert([person("ada"), person("bob")], MAPPING).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PartialWriteError);
  const { cause } = error as PartialWriteError;
  expect(cause).toBeInstanceOf(UpsertAddedColumnsError);
  expect((cause as UpsertAddedColumnsError).columns).toEqual(["manager_email"]);
  expect(cause.message).toContain('a column that is new of keys that it does not know: "manager_email"');
  expect(cause.message).toContain("--strategy reupload");
  expect([upserts(sei), sei.state().developers.length]).toEqual([1, 2]);
});

test("where only those who were there before count as managers, each level goes in a request of its own", async () => {
  const { sei, client } = await account({ upsertManagers: "before" });
  // The first goes alone, because its form is not known yet.
  await client.writer.upsert(
    [person("ada", "grace"), person("b0", "ada"), person("b1", "b0"), person("b2", "b0"), person("c", "b1")],
    MAPPING,
  );
  expect(sei.state().developers.map(({ email }) => email)).toEqual(
    ["grace", "ada", "b0", "b1", "b2", "c"].map((who) => `${who}@x.io`),
  );
  // ada; all the others, refused; b0; b1 and b2; c.
  expect(upserts(sei)).toBe(5);
  await client.writer.upsert([person("d", "c"), person("e", "d")], MAPPING);
  // What was learned needs no refusal again.
  expect(upserts(sei)).toBe(7);
});

test("a manager who is nowhere is an error there too, and what was sent before it is said", async () => {
  const { sei, client } = await account({ upsertManagers: "before" });
  const error = await client.writer
    .upsert([person("ada", "grace"), person("b0", "ada"), person("b1", "b0"), person("c", "nobody")], MAPPING)
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PartialWriteError);
  expect(error).toMatchObject({ done: 2, total: 4, cause: expect.any(ValidationError) });
  expect(sei.state().developers).toHaveLength(3);
});

test("who writes without having read does not take an old value for what the server made of the new one", async () => {
  const { sei, client } = await account({ recordKeys: "display", upsertKeys: "columns", upsertUnknownKey: "ignore" });
  const fresh = connect({ endpoint: sei.url, apiKey: "simulator", rereadMs: [5, 10] });
  open.push(fresh);
  await fresh.writer.upsert([{ ...person("grace"), name: "Grace Hopper" }], MAPPING);
  expect((await client.reader.readRoster({ identities: false })).developers.get("grace@x.io")?.name).toBe(
    "Grace Hopper",
  );
});

test("values that only need another blank get it before any other key is tried", async () => {
  const { sei, client } = await account({ upsertBlank: "ignore" });
  await client.writer.upsert([{ ...person("grace"), attributes: { Team: "T", Site: "" } }], MAPPING);
  expect(sei.state().developers[0]?.attributes["Site"]).toBe("");
  // "" and null, under the same keys.
  expect(upserts(sei)).toBe(2);
});

test.each(["notFound", "badRequest"] as const)(
  "a page that was announced and is gone by now (%s) is a list that changed, and is read again",
  async (pageBeyond) => {
    const { sei, client } = await account({ pageBeyond, pageSizeMax: 10 });
    await client.writer.upsert(
      Array.from({ length: 24 }, (_, at) => person(`p${at}`, "grace")),
      MAPPING,
    );
    sei.resetRequests();
    // The third page is asked for when its people are deleted already.
    sei.faults.add({ kind: "slow", ms: 400, match: { method: "GET", path: "/v2/developers" }, times: 2 });
    const reading = client.reader.readRoster({ identities: false });
    await new Promise((resolve) => setTimeout(resolve, 30));
    const emails = Array.from({ length: 24 }, (_, at) => `p${at}@x.io`);
    const other = connect({ endpoint: sei.url, apiKey: "simulator", rereadMs: [] });
    open.push(other);
    await other.writer.deleteDevelopers(emails);
    const live = await reading;
    expect([[...live.developers.keys()], live.completeness]).toEqual([["grace@x.io"], { proven: true, count: 1 }]);
    expect(sei.requests().some(({ status }) => status === (pageBeyond === "notFound" ? 404 : 400))).toBe(true);
  },
);
