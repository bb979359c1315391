import { isDeepStrictEqual } from "node:util";
import type { Developer } from "../../provider/roster/developer.js";
import type { LiveRoster } from "../../provider/roster/live-roster.js";
import { connect } from "../../provider/sei/client.js";
import { DIALECTS, type Dialect, startSimulator } from "../../provider/simulator/simulator.js";

const MAPPING = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team", "Site"] };
const person = (email: string, managerEmail: string, Team: string, Site: string): Developer => ({
  email,
  name: `N ${email.charAt(0)}`,
  managerEmail,
  attributes: { Team, Site },
});
const GRACE = person("grace@x.io", "", "Payments", "Berlin");
const ADA = person("ada@x.io", "grace@x.io", "Billing", "");
const BOB = person("bob@x.io", "ada@x.io", "", "Rome");

/** A small generator with a seed, so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

/** Every open choice from a named dialect drawn for it: servers that nobody designed. */
function mixed(seed: number): Dialect {
  const draw = random(seed);
  const all = Object.values(DIALECTS) as readonly Dialect[];
  const names = Object.keys(DIALECTS.default) as (keyof Dialect)[];
  const drawn = Object.fromEntries(names.map((name) => [name, all[Math.floor(draw() * all.length)]?.[name]]));
  // A server that makes a column of every key it does not know cannot be asked in vain which keys it knows.
  const upsertUnknownKey = drawn["upsertUnknownKey"] === "extend" ? "ignore" : drawn["upsertUnknownKey"];
  // Nor can one be made to clear a value that takes no way of writing it.
  const upsertBlank = drawn["upsertNull"] === "clear" ? drawn["upsertBlank"] : "clear";
  return { ...drawn, upsertUnknownKey, upsertBlank } as unknown as Dialect;
}

const RUNS = Number(process.env["MIXED_DIALECTS"] ?? 40);

test.each(Array.from({ length: RUNS }, (_, at) => at + 1))(
  "the life of an account in mixed dialect %i",
  async (seed) => {
    const dialect = mixed(seed);
    const server = await startSimulator({ dialect });
    const client = connect({
      endpoint: server.url,
      apiKey: "simulator",
      account: "acc",
      rereadMs: [60, 100],
      retry: { baseMs: 5 },
    });
    async function expectLive(expected: readonly Developer[]): Promise<void> {
      let live = await client.reader.readRoster({ identities: false });
      for (let tries = 0; tries < 5 && !isDeepStrictEqual(plain(live), byEmail(expected)); tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        live = await client.reader.readRoster({ identities: false });
      }
      expect(plain(live)).toEqual(byEmail(expected));
      expect(live.completeness).toEqual({ proven: true, count: expected.length });
    }
    try {
      expect(await client.reader.readRoster({ identities: true })).toMatchObject({ mapping: null, identities: [] });
      await client.writer.saveFieldMapping(await client.writer.upload([GRACE, ADA], MAPPING), MAPPING);
      await expectLive([GRACE, ADA]);
      const changed = { ...ADA, managerEmail: "", attributes: { Team: "", Site: "Oslo" } };
      await client.writer.upsert([changed, BOB], MAPPING);
      await expectLive([GRACE, changed, BOB]);
      const review = await client.writer.reupload([GRACE, ADA, BOB], MAPPING);
      await client.writer.approve(review);
      await expectLive([GRACE, ADA, BOB]);
      await client.writer.deleteDevelopers(["bob@x.io"]);
      await expectLive([GRACE, ADA]);
      const identity = { email: "ada@x.io", integrationId: 7, identity: "ada l" };
      await client.writer.setIdentities([identity]);
      await new Promise((resolve) => setTimeout(resolve, dialect.readDelayMs));
      expect(await client.reader.readIdentities(["ada@x.io", "grace@x.io"])).toEqual([identity]);
    } catch (error) {
      if (error instanceof Error) error.message = `${error.message}\n${JSON.stringify(dialect)}`;
      throw error;
    } finally {
      await client.close();
      await server.stop();
    }
  },
);

function plain(live: LiveRoster): unknown {
  return byEmail([...live.developers.values()]);
}

function byEmail(developers: readonly Developer[]): unknown {
  return Object.fromEntries(developers.map((one) => [one.email, { ...one, attributes: { ...one.attributes } }]));
}
