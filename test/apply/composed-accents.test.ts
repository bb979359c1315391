import { applyPlan } from "../../provider/apply/apply-plan";
import { plan } from "../../provider/roster/plan";
import { connect } from "../../provider/sei/client";
import { startSimulator } from "../../provider/simulator/simulator";
import { declare, desired, dev, MAPPING, policy } from "../support/people";

const COMBINING = "Jose\u0301 Ko\u0308nig";
const ROSTERS = [
  desired([declare(dev("ada"), { 101: "ada" })], { fields: MAPPING }),
  desired([declare({ ...dev("ada"), name: COMBINING }), declare(dev("bob", { manager: "ada", Team: "Ko\u0308ln" }))]),
  desired([declare({ ...dev("ada"), name: COMBINING }), declare(dev("bob", { manager: "ada", Team: "Bonn" }))]),
];

test("a server that composes accents holds what was declared, and there is nothing more to do", async () => {
  const server = await startSimulator({ dialect: { unicode: "composed" } });
  const client = connect({ endpoint: server.url, apiKey: "simulator", rereadMs: [5, 10] });
  try {
    const under = policy();
    for (const want of ROSTERS) {
      const live = await client.reader.readRoster({ identities: true });
      const planned = plan(want, live, under);
      const outcome = await applyPlan({ plan: planned, desired: want, live, policy: under, ...client });
      expect(outcome).toMatchObject({ status: "applied" });
      const again = plan(want, await client.reader.readRoster({ identities: true }), under);
      expect(again.changes).toEqual([]);
    }
    expect(server.state()).toMatchObject({
      developers: [{ name: "Jos\u00e9 K\u00f6nig" }, { attributes: { Team: "Bonn" } }],
    });
  } finally {
    await client.close();
    await server.stop();
  }
});

test("an accent that is taken away is a change", async () => {
  const want = desired([declare({ ...dev("ada"), name: "Jose" })]);
  const live = { ...dev("ada"), name: "Jos\u00e9" };
  const { changes } = plan(
    want,
    {
      mapping: MAPPING,
      developers: new Map([[live.email, live]]),
      identities: null,
      completeness: { proven: true, count: 1 },
    },
    policy(),
  );
  expect(changes).toMatchObject([{ kind: "update", fields: [{ field: "Name", before: "Jos\u00e9", after: "Jose" }] }]);
});
