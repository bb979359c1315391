// Does one piece of work in a process of its own, and prints how long it took as JSON. Modules are loaded before the
// clock starts; nothing else is warm, as nothing is warm in a run of CI.
//   node --expose-gc worker.mjs NAME '{"source": "people.csv"}'
import { works } from "./works.mjs";

const [name = "", settings = "{}"] = process.argv.slice(2);
const prepare = works[name];
if (prepare === undefined) throw new Error(`there is no work ${name}`);
const parts = await prepare(JSON.parse(settings));
const seconds = {};
for (const [part, work] of Object.entries(parts)) {
  // Else one part would collect what another one left.
  globalThis.gc?.();
  const from = performance.now();
  await work();
  seconds[part] = (performance.now() - from) / 1000;
}
process.stdout.write(JSON.stringify(seconds));
