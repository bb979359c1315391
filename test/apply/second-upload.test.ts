import { applyPlan } from "../../provider/apply/apply-plan";
import type { DeclaredMapping } from "../../provider/roster/field-mapping";
import { plan, refusals } from "../../provider/roster/plan";
import { connect, type SeiClient } from "../../provider/sei/client";
import { type Dialect, type Simulator, startSimulator } from "../../provider/simulator/simulator";
import { declare, desired, dev, MAPPING, policy } from "../support/people";

const PEOPLE = [dev("ada", { Role: "CTO", Team: "Core" }), dev("bob", { manager: "ada", Team: "Payments" })];

let sei: Simulator;
let client: SeiClient;
afterEach(async () => {
  await client.close();
  await sei.stop();
});

/** An account that takes an upload only once, with these people. */
async function onlyOnce(dialect: Partial<Dialect> = {}): Promise<void> {
  sei = await startSimulator({ dialect: { ...dialect, uploadAfterSetup: "conflict" } });
  client = connect({ endpoint: sei.url, apiKey: "simulator", rereadMs: [5, 10], retry: { baseMs: 1 } });
  expect((await become(MAPPING)).status).toBe("applied");
  sei.resetRequests();
}

async function become(fields: DeclaredMapping) {
  const want = desired(
    PEOPLE.map((one) => declare(one)),
    { fields },
  );
  const live = await client.reader.readRoster({ identities: false });
  const under = policy({ prune: "none" });
  const made = plan(want, live, under);
  expect(refusals(made)).toEqual([]);
  return applyPlan({ plan: made, desired: want, live, policy: under, ...client, deadlineMs: 500 });
}

const kept = () => sei.state().developers.map(({ email, attributes }) => [email, attributes["Team"]]);
const columns = () => sei.state().columns.map(({ name }) => name);
const written = () => sei.requests().flatMap(({ method, path }) => (method === "GET" ? [] : [`${method} ${path}`]));
const MORE: DeclaredMapping = { ...MAPPING, attributes: ["Role", "Team", "Site"] };

test("a column comes with a re-upload, and everybody keeps their values", async () => {
  await onlyOnce();
  const before = kept();
  expect(await become(MORE)).toMatchObject({ status: "applied", reason: "" });
  expect([kept(), columns()]).toEqual([before, expect.arrayContaining(["Site"])]);
  expect(written().map((one) => one.split(" ")[0])).toEqual(["POST", "PUT", "PATCH"]);
});

test("where the review says nothing, the refusal of the upload is what is told, and nothing is approved", async () => {
  await onlyOnce({ reviewShape: "versionOnly" });
  const before = kept();
  const outcome = await become(MORE);
  expect(outcome).toMatchObject({ status: "failed", touched: false, reason: expect.stringContaining("409") });
  expect(outcome.reason).toMatch(/^POST \/v2\/developers answered 409/);
  expect([kept(), columns()]).toEqual([before, expect.not.arrayContaining(["Site"])]);
});

test("any other trouble of the re-upload is told as it is", async () => {
  await onlyOnce();
  sei.faults.add({ kind: "status", status: 403, match: { method: "PUT", path: "/v2/developers" } });
  const outcome = await become(MORE);
  expect(outcome).toMatchObject({ status: "failed", touched: false });
  expect(outcome.reason).toMatch(/^PUT \/v2\/developers answered 403/);
});

test("another NAME column only an upload can bring, so nothing is re-uploaded", async () => {
  await onlyOnce();
  const outcome = await become({ ...MAPPING, name: "Person" });
  expect(outcome).toMatchObject({ status: "failed", touched: false, reason: expect.stringContaining("409") });
  expect(written().map((one) => one.split(" ")[0])).toEqual(["POST"]);
  expect(columns()).toContain("Name");
});
