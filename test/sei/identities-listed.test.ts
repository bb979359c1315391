import { connect } from "../../provider/sei/client.js";
import { started } from "../simulator/support.js";

test("answers that list who has no identity say that nobody has any, in JSON and in CSV", async () => {
  const sei = await started({ dialect: { withoutIdentity: "listed", totalName: "none" } });
  const client = connect({ endpoint: sei.url, apiKey: "simulator", rereadMs: [] });
  try {
    const live = await client.reader.readRoster({ identities: true });
    // Two answers agree: without the CSV, a list of nobody would prove nothing.
    expect([live.identities, live.identityCompleteness]).toEqual([[], { proven: true }]);
  } finally {
    await client.close();
  }
});
