import { applyPlan } from "../../provider/apply/apply-plan";
import { plan } from "../../provider/roster/plan";
import { connect } from "../../provider/sei/client";
import type { SeiWriter } from "../../provider/sei/writer";
import { startSimulator } from "../../provider/simulator/simulator";
import { declare, desired, dev, MAPPING, policy } from "../support/people";

const BEFORE = [dev("ada"), dev("bob", { Role: "Payments" })];

/** An account of ada and bob, where somebody else acts once the plan has sent its first record. */
async function leaving(somebodyElse: (url: string) => Promise<unknown>) {
  const server = await startSimulator();
  let acted: Promise<unknown> | null = null;
  const client = connect({
    endpoint: server.url,
    apiKey: "simulator",
    rereadMs: [5, 10],
    onWrite: ({ call }) => {
      if (call.method === "PATCH") acted ??= somebodyElse(server.url);
    },
  });
  const run = async (people: typeof BEFORE) => {
    const want = desired(
      people.map((one) => declare(one)),
      { fields: MAPPING },
    );
    const live = await client.reader.readRoster({ identities: false });
    const under = policy();
    const made = plan(want, live, under);
    const { writer: real } = client;
    const writer: SeiWriter = {
      upload: (...args) => real.upload(...args),
      reupload: (...args) => real.reupload(...args),
      saveFieldMapping: (...args) => real.saveFieldMapping(...args),
      approve: (...args) => real.approve(...args),
      deleteDevelopers: (...args) => real.deleteDevelopers(...args),
      setIdentities: (...args) => real.setIdentities(...args),
      upsert: async (...args) => {
        await real.upsert(...args);
        await acted;
      },
    };
    return applyPlan({ plan: made, desired: want, live, policy: under, reader: client.reader, writer, deadlineMs: 50 });
  };
  try {
    await run(BEFORE);
    const outcome = await run([dev("ada", { name: "Ada Byron" })]);
    return { outcome, emails: server.state().developers.map((one) => JSON.stringify(one)) };
  } finally {
    await client.close();
    await server.stop();
  }
}

const patch = (body: unknown) => (url: string) =>
  fetch(`${url}/v2/developers`, {
    method: "PATCH",
    headers: { "x-api-key": "simulator", "content-type": "application/json" },
    body: JSON.stringify(body),
  }).then((answer) => expect(answer.ok).toBe(true));

test("whoever is changed by somebody else between our records and our deletes is not deleted", async () => {
  const { outcome, emails } = await leaving(patch([{ Email: "bob@example.com", Role: "Billing" }]));
  expect(outcome).toMatchObject({ status: "failed", touched: true });
  expect(outcome.reason).toContain("somebody who was to be deleted is another record now, so nobody was deleted");
  expect(outcome.failed).toMatchObject([{ kind: "delete", email: "bob@example.com" }]);
  expect(emails.join("\n")).toContain("bob@example.com");
});

test("what others do to others meanwhile stops nothing", async () => {
  const { outcome, emails } = await leaving(patch([{ Name: "Zoe", Email: "zoe@example.com" }]));
  expect(emails.join("\n")).not.toContain("bob@example.com");
  expect(emails.join("\n")).toContain("zoe@example.com");
  expect(outcome.failed).toEqual([]);
});
