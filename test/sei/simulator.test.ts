import { DIALECTS, type DialectName, startSimulator } from "../../provider/simulator/simulator.js";
import { describeContract } from "./contract.js";
import { peculiaritiesOf } from "./peculiarities.js";

const USUAL = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team", "Site"] };

for (const name of Object.keys(DIALECTS) as DialectName[]) {
  const peculiarities = peculiaritiesOf(DIALECTS[name]);
  async function start() {
    const { url, stop } = await startSimulator({ dialect: name });
    return { url, apiKey: "simulator", close: stop };
  }
  describeContract(`simulator, ${name}`, start, { ...peculiarities, mapping: USUAL });
  describeContract(`simulator, ${name}, columns of unusual names`, start, peculiarities);
}
