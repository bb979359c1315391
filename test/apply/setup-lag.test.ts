import { applyPlan } from "../../provider/apply/apply-plan";
import { plan } from "../../provider/roster/plan";
import { connect } from "../../provider/sei/client";
import { startSimulator } from "../../provider/simulator/simulator";
import { declare, desired, dev, MAPPING, policy } from "../support/people";

test("a setup that reads do not show yet is waited for, and not sent a second time", async () => {
  const server = await startSimulator({ dialect: { readDelayMs: 500 } });
  const methods: string[] = [];
  const client = connect({
    endpoint: server.url,
    apiKey: "simulator",
    rereadMs: [5, 10],
    onWrite: ({ call }) => methods.push(`${call.method} ${call.path.replace("/v2/developers", "")}`),
  });
  try {
    const want = desired([declare(dev("ada"), { 101: "ada" })], { fields: MAPPING });
    const live = await client.reader.readRoster({ identities: true });
    const under = policy();
    const outcome = await applyPlan({ plan: plan(want, live, under), desired: want, live, policy: under, ...client });
    expect(outcome).toMatchObject({ status: "applied" });
    expect(methods.filter((one) => one === "POST " || one.endsWith("fieldMappings"))).toEqual([
      "POST ",
      expect.stringMatching(/fieldMappings$/),
    ]);
    expect(server.state()).toMatchObject({ identities: [{ identity: "ada" }] });
  } finally {
    await client.close();
    await server.stop();
  }
});
