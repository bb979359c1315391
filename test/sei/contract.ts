import { isDeepStrictEqual } from "node:util";
import type { Developer } from "../../provider/roster/developer.js";
import type { FieldMapping } from "../../provider/roster/field-mapping.js";
import type { LiveRoster } from "../../provider/roster/live-roster.js";
import { connect, type SeiClient } from "../../provider/sei/client.js";
import { ValidationError } from "../../provider/sei/errors.js";

/** A server to run the contract against: nobody in it, and not set up. */
export interface ServerUnderTest {
  readonly url: string;
  readonly apiKey: string;
  close(): Promise<void>;
}

const MAPPING: FieldMapping = {
  name: "Employee",
  email: "Work Mail",
  managerEmail: "Reports To",
  attributes: ["Team", "Site"],
};

const person = (email: string, name: string, managerEmail = "", Team = "", Site = ""): Developer => ({
  email,
  name,
  managerEmail,
  attributes: { Team, Site },
});
const GRACE = person("grace@x.io", "Grace Hopper", "", "Payments", "Berlin");
const ADA = person("ada@x.io", 'Ada "the first", Lovelace', "grace@x.io", "Payments");
const BOB = person("bob@x.io", "Bób Über", "ada@x.io", "", "Köln");
const CROWD = Array.from({ length: 230 }, (_, at) => person(`p${at}@x.io`, `Person ${at}`, "grace@x.io", `T${at % 7}`));

/**
 * The whole life of an account, through the client alone. Every step is followed by a read that must be proven complete
 * and equal what was sent, so a server of any dialect either passes or shows where the client misunderstands it.
 */
export function describeContract(name: string, start: () => Promise<ServerUnderTest>): void {
  describe(`contract: ${name}`, () => {
    let server: ServerUnderTest;
    let client: SeiClient;

    beforeAll(async () => {
      server = await start();
      client = reconnect();
    });

    afterAll(async () => {
      await client.close();
      await server.close();
    });

    function reconnect(): SeiClient {
      return connect({ endpoint: server.url, apiKey: server.apiKey, rereadMs: [30, 100, 300], retry: { baseMs: 5 } });
    }

    async function read(): Promise<LiveRoster> {
      return client.reader.readRoster({ identities: true });
    }

    async function expectLive(expected: readonly Developer[]): Promise<void> {
      let live = await read();
      // Some servers' reads lag behind their writes, all in the same way: whoever applies a plan reads again too.
      for (let tries = 0; tries < 5 && !sameAs(live, expected); tries += 1) live = await read();
      expect(byEmail([...live.developers.values()])).toEqual(byEmail(expected));
      expect(live.mapping).toEqual({ ...MAPPING, attributes: expect.arrayContaining([...MAPPING.attributes]) });
      expect(live.mapping?.attributes).toHaveLength(MAPPING.attributes.length);
      expect(live.completeness).toEqual({ proven: true, count: expected.length });
    }

    test("an account that is not set up says so", async () => {
      expect(await read()).toMatchObject({ mapping: null, identities: [], completeness: { proven: true, count: 0 } });
    });

    test("upload and save set it up", async () => {
      const draft = await client.writer.upload([GRACE, ADA], MAPPING);
      await client.writer.saveFieldMapping(draft, MAPPING);
      await expectLive([GRACE, ADA]);
    });

    test("upsert adds, changes, clears and moves", async () => {
      const ada = person("ada@x.io", "Ada King", "", "Billing");
      const grace = { ...GRACE, managerEmail: "ada@x.io", attributes: { Team: "", Site: "Berlin" } };
      await client.writer.upsert([ada, grace, BOB], MAPPING);
      await expectLive([ada, grace, BOB]);
      await client.writer.upsert([ADA, GRACE], MAPPING);
      await expectLive([GRACE, ADA, BOB]);
    });

    test("a fresh connection upserts without a read before", async () => {
      const fresh = reconnect();
      await fresh.writer.upsert([{ ...BOB, name: "Bob" }], MAPPING);
      await fresh.close();
      await expectLive([GRACE, ADA, { ...BOB, name: "Bob" }]);
    });

    test("more than a page", async () => {
      await client.writer.upsert(CROWD, MAPPING);
      await expectLive([GRACE, ADA, { ...BOB, name: "Bob" }, ...CROWD]);
    });

    test("delete", async () => {
      await client.writer.deleteDevelopers(CROWD.map(({ email }) => email));
      await expectLive([GRACE, ADA, { ...BOB, name: "Bob" }]);
    });

    test("what the API must refuse is a validation error, and changes nothing", async () => {
      const orphan = { ...ADA, managerEmail: "nobody@x.io" };
      await expect(client.writer.upsert([orphan], MAPPING)).rejects.toThrow(ValidationError);
      await expectLive([GRACE, ADA, { ...BOB, name: "Bob" }]);
    });

    test("reupload shows, approve does", async () => {
      const review = await client.writer.reupload([GRACE, { ...ADA, name: "Ada" }, CROWD[0] ?? BOB], MAPPING);
      expect([null, 1]).toContain(review.added);
      expect([null, 1]).toContain(review.removed);
      expect([null, ["bob@x.io"]]).toContainEqual(review.removedEmails);
      await expectLive([GRACE, ADA, { ...BOB, name: "Bob" }]);
      await client.writer.approve(review);
      await expectLive([GRACE, { ...ADA, name: "Ada" }, CROWD[0] ?? BOB]);
    });

    test("identities are set and moved", async () => {
      const first = [
        { email: "ada@x.io", integrationId: 101, identity: "ada" },
        { email: "ada@x.io", integrationId: 102, identity: "081de7ae-0631" },
        { email: "grace@x.io", integrationId: 101, identity: "grace h" },
      ];
      await client.writer.setIdentities(first);
      expect(sorted((await read()).identities)).toEqual(sorted(first));
      await client.writer.setIdentities([{ email: "ada@x.io", integrationId: 101, identity: "ada-l" }]);
      expect(sorted(await client.reader.readIdentities(["ada@x.io"]))).toEqual(
        sorted([{ email: "ada@x.io", integrationId: 101, identity: "ada-l" }, first[1]]),
      );
    });
  });
}

function sameAs(live: LiveRoster, expected: readonly Developer[]): boolean {
  return isDeepStrictEqual(byEmail([...live.developers.values()]), byEmail(expected));
}

function byEmail(developers: readonly Developer[]): unknown {
  return Object.fromEntries(developers.map((one) => [one.email, { ...one, attributes: { ...one.attributes } }]));
}

function sorted(values: unknown): unknown {
  return Array.isArray(values) ? values.map((one) => JSON.stringify(one)).sort() : values;
}
