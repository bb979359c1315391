import { connect, type Generation } from "../../provider/sei/client.js";
import { WrongGenerationError } from "../../provider/sei/errors.js";
import type { SimulatorOptions } from "../../provider/simulator/simulator.js";
import { PEOPLE, start, started } from "../simulator/support.js";

function clientOf(url: string, generation: Generation) {
  return connect({ endpoint: url, apiKey: "simulator", generation, rereadMs: [1], retry: { baseMs: 1 } });
}

/** Reads with a generation, and says how that ended. */
async function reading(url: string, generation: Generation): Promise<unknown> {
  const client = clientOf(url, generation);
  try {
    const { mapping, developers, completeness } = await client.reader.readRoster({ identities: false });
    return { isSetUp: mapping !== null, developers: developers.size, proven: completeness.proven };
  } catch (error) {
    return error;
  } finally {
    await client.close();
  }
}

const ACCOUNTS: readonly (readonly [string, SimulatorOptions["dialect"]])[] = [
  ["", {}],
  ["before the setup everything is 404: ", { listBeforeSetup: 404, schemaBeforeSetup: 404 }],
  ["unknown paths are 401: ", { unknownPath: 401 }],
];

describe.each(ACCOUNTS)("%s", (_name, dialect) => {
  test.each([true, false])("an account of the previous generation alone, set up: %s", async (isSetUp) => {
    const options: SimulatorOptions = { dialect: { ...(dialect as object), generations: "previous" } };
    const sei = await start(options);
    if (isSetUp) await setUpByPrevious(sei.url);
    const error = await reading(sei.url, "v2");
    expect(error).toBeInstanceOf(WrongGenerationError);
    expect(error).toMatchObject({
      spoken: "previous",
      message: expect.stringMatching(
        /this account speaks the previous generation of the API: set generation: previous \(--generation previous, SEI_GENERATION=previous, or `pulumi config set harness-sei:generation previous`\)\.$/,
      ),
    });
    expect(await reading(sei.url, "previous")).toEqual({ isSetUp, developers: isSetUp ? 1 : 0, proven: true });
  });

  test.each([true, false])("an account of the current generation alone, set up: %s", async (isSetUp) => {
    const options: SimulatorOptions = { dialect: { ...(dialect as object), generations: "current" } };
    const sei = await (isSetUp ? started(options, PEOPLE) : start(options));
    expect(await reading(sei.url, "previous")).toMatchObject({
      spoken: "v2",
      message: expect.stringContaining(
        "this account speaks the current generation (v2) of the API: set generation: v2",
      ),
    });
    expect(await reading(sei.url, "v2")).toEqual({ isSetUp, developers: isSetUp ? 3 : 0, proven: true });
  });

  test("an account that has both is read with either", async () => {
    const sei = await start({ dialect: { ...(dialect as object), generations: "both" } });
    for (const generation of ["v2", "previous"] as const) {
      expect(await reading(sei.url, generation)).toEqual({ isSetUp: false, developers: 0, proven: true });
    }
  });
});

test("a write of identities to a path that is not there says it too", async () => {
  const sei = await start({ dialect: { generations: "previous" } });
  await setUpByPrevious(sei.url);
  const client = clientOf(sei.url, "v2");
  const set = client.writer.setIdentities([{ email: "ada@example.com", integrationId: 101, identity: "ada" }]);
  await expect(set).rejects.toThrow(WrongGenerationError);
  await client.close();
});

test("a generation that is none is refused before anything is sent", () => {
  expect(() => clientOf("http://127.0.0.1:9", "v3" as Generation)).toThrow(
    'The generation is "v3"; it must be one of v2, previous.',
  );
});

async function setUpByPrevious(url: string): Promise<void> {
  const client = clientOf(url, "previous");
  const mapping = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: [] };
  const ada = { email: "ada@example.com", name: "Ada", managerEmail: "", attributes: {} };
  await client.writer.saveFieldMapping(await client.writer.upload([ada], mapping), mapping);
  await client.close();
}
